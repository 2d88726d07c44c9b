import { createRoute, z } from '@hono/zod-openapi';
import {
  checkName,
  DeletedDataset,
  ForebayError,
  Job,
  parseSelector,
  RemovedVersion,
} from '../../api/index.ts';
import { collectGarbage, repackDataset, repairDataset } from '../house/jobs.ts';
import { deleteDataset, removeVersion } from '../house/remove.ts';
import type { Routes } from './http/context.ts';
import { body, DatasetParam, Folder, IdempotencyKey, json, problems, VersionParam } from './http/route.ts';

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/datasets/{name}/versions/{sel}',
  summary: 'Remove a version, named by its number; the number is never used again',
  request: { params: VersionParam },
  responses: { 200: json(RemovedVersion, 'Removed'), ...problems },
});

const deleteAll = createRoute({
  method: 'delete',
  path: '/api/v1/datasets/{name}',
  summary: 'Delete a dataset with all its versions',
  request: { params: DatasetParam },
  responses: { 200: json(DeletedDataset, 'Deleted'), ...problems },
});

const DryRun = z.boolean().default(true).describe('only tell what would be done');

const collect = createRoute({
  method: 'post',
  path: '/api/v1/collections',
  summary: 'Name as garbage what no version refers to, and delete what was named a day ago',
  request: {
    headers: IdempotencyKey,
    body: body(
      z.object({
        dataset: z.string().nullable().describe('null: every dataset, and those that were deleted'),
        dryRun: DryRun,
        olderThanSeconds: z
          .number()
          .nonnegative()
          .default(86_400)
          .describe('what is younger is left alone: somebody may be uploading it'),
      }),
    ),
  },
  responses: { 202: json(Job, 'Its result is a list of CollectResult'), ...problems },
});

const repack = createRoute({
  method: 'post',
  path: '/api/v1/repacks',
  summary: 'Rewrite packs that are less than half in use, and gather scattered manifests',
  request: { headers: IdempotencyKey, body: body(z.object({ dataset: z.string(), dryRun: DryRun })) },
  responses: { 202: json(Job, 'Its result is a RepackResult'), ...problems },
});

const repair = createRoute({
  method: 'post',
  path: '/api/v1/repairs',
  summary: 'Read every byte of a dataset, and heal what is damaged from caches and a folder',
  request: {
    headers: IdempotencyKey,
    body: body(
      z.object({
        dataset: z.string(),
        version: z.string().optional().describe('v3, latest, a tag, or sha256-HEX; all if left out'),
        folder: Folder.optional(),
      }),
    ),
  },
  responses: { 202: json(Job, 'Its result is a RepairResult'), ...problems },
});

export const houseRoutes: Routes = (app, hub) => {
  app.openapi(remove, async (c) => {
    const { name, sel } = c.req.valid('param');
    const selector = parseSelector(sel);
    if (selector.kind !== 'number') {
      throw new ForebayError(
        'bad-request',
        `'${sel}' is no version's number, so nothing was removed.`,
        'What is removed for good is named by its number, like v3.',
      );
    }
    return c.json(await removeVersion(hub, checkName(name), selector.number), 200);
  });
  app.openapi(deleteAll, async (c) =>
    c.json(await deleteDataset(hub, checkName(c.req.valid('param').name)), 200),
  );
  app.openapi(collect, async (c) => c.json(await collectGarbage(hub, c.req.valid('json')), 202));
  app.openapi(repack, async (c) => {
    const { dataset, dryRun } = c.req.valid('json');
    return c.json(await repackDataset(hub, checkName(dataset), dryRun), 202);
  });
  app.openapi(repair, async (c) => {
    const { dataset, version, folder } = c.req.valid('json');
    const selector = version === undefined ? undefined : parseSelector(version);
    return c.json(await repairDataset(hub, { dataset: checkName(dataset), selector, folder }), 202);
  });
};
