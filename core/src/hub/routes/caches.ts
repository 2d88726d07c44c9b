import { createRoute, z } from '@hono/zod-openapi';
import { CacheStore, page } from '../../api/index.ts';
import { attachCache, describeCache, listCaches } from '../cache/caches.ts';
import { detachCache } from '../cache/detach.ts';
import { pageOf } from '../page.ts';
import type { Routes } from './context.ts';
import { body, IdempotencyKey, json, PageQuery, problems } from './route.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/caches',
  summary: 'Attached caches, by name',
  request: { query: PageQuery },
  responses: { 200: json(page(CacheStore), 'A page'), ...problems },
});

const attach = createRoute({
  method: 'post',
  path: '/api/v1/caches',
  summary: 'Attach a directory as a cache',
  request: {
    headers: IdempotencyKey,
    body: body(
      z.object({
        name: z.string(),
        path: z.string().describe('absolute'),
        capacity: z.number().int().positive().describe('bytes'),
        ttlSeconds: z.number().int().positive().optional(),
      }),
    ),
  },
  responses: { 201: json(CacheStore, 'Attached'), ...problems },
});

const detach = createRoute({
  method: 'delete',
  path: '/api/v1/caches/{name}',
  summary: 'Clear a cache and detach it',
  request: { params: z.object({ name: z.string() }) },
  responses: { 204: { description: 'Detached' }, ...problems },
});

export const cacheRoutes: Routes = (app, hub) => {
  app.openapi(list, async (c) => {
    const { items, next } = pageOf(await listCaches(hub), (cache) => cache.name, c.req.valid('query'));
    return c.json({ items: await Promise.all(items.map((cache) => describeCache(hub, cache))), next }, 200);
  });
  app.openapi(attach, async (c) => {
    const row = await attachCache(hub, c.req.valid('json'));
    return c.json(await describeCache(hub, row), 201);
  });
  app.openapi(detach, async (c) => {
    await detachCache(hub, c.req.valid('param').name);
    return c.body(null, 204);
  });
};
