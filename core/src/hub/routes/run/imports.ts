import { isAbsolute } from 'node:path';
import { createRoute, z } from '@hono/zod-openapi';
import { ForebayError, Job } from '../../../api/index.ts';
import { importRuns } from '../../run/import.ts';
import type { Routes } from '../http/context.ts';
import { body, IdempotencyKey, json, problems } from '../http/route.ts';

const create = createRoute({
  method: 'post',
  path: '/api/v1/run-imports',
  summary: "Bring in the runs of MLflow's folder or database, or of TensorBoard's files",
  request: {
    headers: IdempotencyKey,
    body: body(
      z.object({
        path: z.string().min(1).describe('an absolute path on this machine'),
        experiment: z
          .string()
          .min(1)
          .max(500)
          .optional()
          .describe('for all runs; else the names they have there'),
        dryRun: z.boolean().optional().describe('read everything, write nothing'),
      }),
    ),
  },
  responses: { 202: json(Job, 'Its result is a RunImportResult'), ...problems },
});

export const runImportRoutes: Routes = (app, hub) => {
  app.openapi(create, async (c) => {
    const { path, experiment, dryRun = false } = c.req.valid('json');
    if (!isAbsolute(path)) {
      throw new ForebayError('bad-path', `'${path}' is not an absolute path.`, 'Write it from the root on.');
    }
    const { folder } = await hub.runs();
    return c.json(await importRuns(hub, { folder, path, experiment, dryRun }), 202);
  });
};
