import { createRoute } from '@hono/zod-openapi';
import { Job, page } from '../../api/index.ts';
import { pageOf } from '../page.ts';
import type { Routes } from './http/context.ts';
import { IdParam, json, PageQuery, problems } from './http/route.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/jobs',
  summary: 'Jobs, newest first',
  request: { query: PageQuery },
  responses: { 200: json(page(Job), 'A page'), ...problems },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/jobs/{id}',
  summary: 'One job, with its progress',
  request: { params: IdParam },
  responses: { 200: json(Job, 'The job'), ...problems },
});

const cancel = createRoute({
  method: 'delete',
  path: '/api/v1/jobs/{id}',
  summary: 'Ask a job to stop; one that has ended stays as it is',
  request: { params: IdParam },
  responses: { 200: json(Job, 'The job; follow it to learn whether it was in time'), ...problems },
});

export const jobRoutes: Routes = (app, hub) => {
  app.openapi(list, async (c) => {
    const newestFirst = (job: Job) => `${-Date.parse(job.created) + 1e15} ${job.id}`;
    return c.json(pageOf(await hub.jobs.list(), newestFirst, c.req.valid('query')), 200);
  });
  app.openapi(read, async (c) => c.json(await hub.jobs.get(c.req.valid('param').id), 200));
  app.openapi(cancel, async (c) => c.json(await hub.jobs.cancel(c.req.valid('param').id), 200));
};
