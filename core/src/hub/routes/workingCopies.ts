import { createRoute, z } from '@hono/zod-openapi';
import {
  Job,
  PullChoice,
  parseRef,
  selectionFields,
  selectionOf,
  WorkingCopy,
  WorkingCopyStatus,
} from '../../api/index.ts';
import { verifyVersion } from '../lake/verify.ts';
import { madeWithin } from '../lineage/made.ts';
import { initFolder, readFolder } from '../workingCopy/folder.ts';
import { cloneFolder, previewFolder, pullFolder, syncFolder } from '../workingCopy/jobs.ts';
import { statusOf } from '../workingCopy/status.ts';
import type { Routes } from './http/context.ts';
import { body, Folder, IdempotencyKey, json, problems, RefText } from './http/route.ts';

const read = createRoute({
  method: 'get',
  path: '/api/v1/working-copies',
  summary: 'The working copy that a folder is, or is in',
  request: { query: z.object({ folder: Folder }) },
  responses: { 200: json(WorkingCopy, 'The working copy'), ...problems },
});

const init = createRoute({
  method: 'post',
  path: '/api/v1/working-copies',
  summary: 'Make a folder a working copy; the dataset is made if need be',
  request: { headers: IdempotencyKey, body: body(z.object({ folder: Folder, dataset: z.string() })) },
  responses: { 201: json(WorkingCopy, 'Made'), ...problems },
});

const sync = createRoute({
  method: 'post',
  path: '/api/v1/working-copies/sync',
  summary: "Make the folder the dataset's next version",
  request: {
    headers: IdempotencyKey,
    body: body(
      z.object({
        folder: Folder,
        message: z.string().optional(),
        author: z.string().optional(),
        replace: z.boolean().optional().describe('whatever came between'),
        run: z.string().optional().describe('id of the run that makes it'),
      }),
    ),
  },
  responses: { 202: json(Job, 'Its result is a SyncResult'), ...problems },
});

const pull = createRoute({
  method: 'post',
  path: '/api/v1/working-copies/pull',
  summary: 'Bring newer versions into the folder',
  request: {
    headers: IdempotencyKey,
    body: body(
      z.object({
        folder: Folder,
        dryRun: z.boolean().optional().describe('tell what would come, and change nothing'),
        choices: z
          .record(z.string(), PullChoice)
          .optional()
          .describe('by path, for what both sides changed; else the folder keeps its own'),
      }),
    ),
  },
  responses: { 202: json(Job, 'Its result is a CheckoutResult'), ...problems },
});

const preview = createRoute({
  method: 'post',
  path: '/api/v1/working-copies/preview',
  summary: 'What a sync of the folder would make; it may be no working copy yet',
  request: { headers: IdempotencyKey, body: body(z.object({ folder: Folder })) },
  responses: { 202: json(Job, 'Its result is a SyncPreview'), ...problems },
});

const status = createRoute({
  method: 'get',
  path: '/api/v1/working-copies/status',
  summary: 'How a working copy stands, by the stats of its files',
  request: {
    query: z.object({
      folder: Folder.describe('in the working copy; what lies directly in it is listed'),
      large: z.stringbool().default(false).describe('look at it however many files it has'),
      changes: z.coerce.number().int().min(0).max(10_000).default(0).describe('how many to tell by path'),
    }),
  },
  responses: { 200: json(WorkingCopyStatus, 'Now'), ...problems },
});

const clone = createRoute({
  method: 'post',
  path: '/api/v1/working-copies/clone',
  summary: 'Make a new working copy of a version, or of a part of it',
  request: {
    headers: IdempotencyKey,
    body: body(z.object({ ref: RefText, folder: Folder, ...selectionFields })),
  },
  responses: { 202: json(Job, 'Its result is a CheckoutResult'), ...problems },
});

const verify = createRoute({
  method: 'post',
  path: '/api/v1/verifications',
  summary: 'Read every byte of a version in the lake',
  request: { headers: IdempotencyKey, body: body(z.object({ ref: RefText })) },
  responses: { 202: json(Job, 'Its result is a VerifyResult'), ...problems },
});

export const workingCopyRoutes: Routes = (app, hub) => {
  app.openapi(read, async (c) => c.json(await readFolder(hub, c.req.valid('query').folder), 200));
  app.openapi(init, async (c) => {
    const { folder, dataset } = c.req.valid('json');
    return c.json(await initFolder(hub, folder, dataset), 201);
  });
  app.openapi(sync, async (c) => {
    const { run, ...request } = c.req.valid('json');
    return c.json(await syncFolder(hub, request, madeWithin(hub, run)), 202);
  });
  app.openapi(pull, async (c) => c.json(await pullFolder(hub, c.req.valid('json')), 202));
  app.openapi(preview, async (c) => c.json(await previewFolder(hub, c.req.valid('json').folder), 202));
  app.openapi(status, async (c) => c.json(await statusOf(hub, c.req.valid('query'), c.req.raw.signal), 200));
  app.openapi(clone, async (c) => {
    const { ref, folder, ...globs } = c.req.valid('json');
    return c.json(await cloneFolder(hub, parseRef(ref), folder, selectionOf(globs)), 202);
  });
  app.openapi(verify, async (c) => c.json(await verifyVersion(hub, parseRef(c.req.valid('json').ref)), 202));
};
