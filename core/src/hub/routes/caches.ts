import { createRoute, z } from '@hono/zod-openapi';
import { CacheStats, CacheStore, CacheTest, HistoryEntry, page } from '../../api/index.ts';
import { attachCache, changeCache, describeCache, listCaches, setScrub } from '../cache/caches.ts';
import { detachCache } from '../cache/detach.ts';
import { familiesOf, metricsText, metricsType } from '../cache/metrics.ts';
import { cacheStats } from '../cache/stats.ts';
import { testAttached, testCache } from '../cache/testCache.ts';
import { pageOf } from '../page.ts';
import { listHistory, viewHistory } from '../placement/history.ts';
import type { Routes } from './http/context.ts';
import { body, Folder, IdempotencyKey, json, PageQuery, problems } from './http/route.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/caches',
  summary: 'Attached caches, by name',
  request: { query: PageQuery },
  responses: { 200: json(page(CacheStore), 'A page'), ...problems },
});

const Scrub = z.object({
  everySeconds: z.number().int().nonnegative().optional().describe('0: never'),
  bytesPerSecond: z.number().int().positive().optional(),
});

const stats = createRoute({
  method: 'get',
  path: '/api/v1/caches/stats',
  summary: 'How the caches are doing: room, hits, what goes next, when and why',
  responses: { 200: json(z.array(CacheStats), 'By name'), ...problems },
});

const scrub = createRoute({
  method: 'put',
  path: '/api/v1/caches/{name}/scrub',
  summary: 'How often and how fast what is cached is read again',
  request: { params: z.object({ name: z.string() }), body: body(Scrub) },
  responses: { 200: json(CacheStats, 'From now on'), ...problems },
});

const history = createRoute({
  method: 'get',
  path: '/api/v1/history',
  summary: 'Fills and evictions with their reasons, newest first',
  request: { query: PageQuery.extend({ cache: z.string().optional(), dataset: z.string().optional() }) },
  responses: { 200: json(page(HistoryEntry), 'A page'), ...problems },
});

const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  summary: "The caches' numbers for Prometheus",
  responses: {
    200: {
      description: 'Text exposition format 0.0.4',
      content: { 'text/plain': { schema: z.string() } },
    },
    ...problems,
  },
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
        inodeCapacity: z.number().int().positive().optional().describe('files, folders and links'),
        scrub: Scrub.optional(),
      }),
    ),
  },
  responses: { 201: json(CacheStore, 'Attached'), ...problems },
});

const test = createRoute({
  method: 'post',
  path: '/api/v1/caches/test',
  summary: 'Whether a folder can be a cache, or an attached cache works; nothing is left there',
  request: {
    body: body(z.union([z.object({ path: Folder }), z.object({ cache: z.string().describe('attached') })])),
  },
  responses: { 200: json(CacheTest, 'Also where it can not'), ...problems },
});

const change = createRoute({
  method: 'patch',
  path: '/api/v1/caches/{name}',
  summary: 'Change how much a cache holds and how long it keeps what nobody uses',
  request: {
    params: z.object({ name: z.string() }),
    body: body(
      z.object({
        capacity: z.number().int().positive().optional().describe('bytes'),
        ttlSeconds: z.number().int().positive().optional(),
        inodeCapacity: z.number().int().positive().nullable().optional().describe('null: what the disk has'),
      }),
    ),
  },
  responses: { 200: json(CacheStore, 'From now on'), ...problems },
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
  const allStats = async () => Promise.all((await listCaches(hub)).map((cache) => cacheStats(hub, cache)));
  app.openapi(stats, async (c) => c.json(await allStats(), 200));
  app.openapi(scrub, async (c) => {
    const row = await setScrub(hub, c.req.valid('param').name, c.req.valid('json'));
    return c.json(await cacheStats(hub, row), 200);
  });
  app.openapi(history, async (c) => {
    const { cache, dataset, ...query } = c.req.valid('query');
    const rows = await listHistory(hub.db, { cache, dataset });
    const { items, next } = pageOf(rows, (row) => -row.seq, query);
    return c.json({ items: items.map(viewHistory), next }, 200);
  });
  app.openapi(metrics, async (c) =>
    c.text(metricsText(familiesOf(await allStats())), 200, { 'Content-Type': metricsType }),
  );
  app.openapi(attach, async (c) => {
    const row = await attachCache(hub, c.req.valid('json'));
    return c.json(await describeCache(hub, row), 201);
  });
  app.openapi(test, async (c) => {
    const asked = c.req.valid('json');
    const tested = 'path' in asked ? testCache(hub, asked.path) : testAttached(hub, asked.cache);
    return c.json(await tested, 200);
  });
  app.openapi(change, async (c) => {
    const row = await changeCache(hub, c.req.valid('param').name, c.req.valid('json'));
    return c.json(await describeCache(hub, row), 200);
  });
  app.openapi(detach, async (c) => {
    await detachCache(hub, c.req.valid('param').name);
    return c.body(null, 204);
  });
};
