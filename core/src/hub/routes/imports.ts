import { createRoute, z } from '@hono/zod-openapi';
import { checkName, Job } from '../../api/index.ts';
import { importPrefix } from '../lake/import.ts';
import { madeWithin } from '../lineage/made.ts';
import type { Routes } from './http/context.ts';
import { body, DatasetParam, IdempotencyKey, json, problems } from './http/route.ts';

const create = createRoute({
  method: 'post',
  path: '/api/v1/datasets/{name}/imports',
  summary: 'Make a version of objects where they are; the dataset is made if need be',
  request: {
    params: DatasetParam,
    headers: IdempotencyKey,
    body: body(
      z.object({
        url: z.string().describe('s3://bucket/prefix'),
        endpoint: z.url().optional().describe('of its S3 store'),
        message: z.string().optional(),
        author: z.string().optional(),
        replace: z.boolean().optional().describe('whatever came between'),
        run: z.string().optional().describe('id of the run that makes it'),
        skip: z.boolean().optional().describe("leave out objects whose keys can't be paths of files"),
      }),
    ),
  },
  responses: { 202: json(Job, 'Its result is an ImportResult'), ...problems },
});

export const importRoutes: Routes = (app, hub) => {
  app.openapi(create, async (c) => {
    const dataset = checkName(c.req.valid('param').name);
    const { run, ...request } = c.req.valid('json');
    return c.json(await importPrefix(hub, { dataset, ...request }, madeWithin(hub, run)), 202);
  });
};
