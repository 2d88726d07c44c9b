import { createRoute, z } from '@hono/zod-openapi';
import { Hello, LakeInfo, LakeRequest, LakeTest, Rebuilt, Status, StoreRequest } from '../../api/index.ts';
import { describeCache, listCaches } from '../cache/caches.ts';
import { testLake } from '../lake/testLake.ts';
import { describeRebuild } from '../rebuild.ts';
import type { Routes } from './http/context.ts';
import { body, json, problems } from './http/route.ts';

const Accepted = z.object({ accepted: z.literal(true) });

const hello = createRoute({
  method: 'get',
  path: '/api/hello',
  summary: 'Who answers here',
  responses: { 200: json(Hello, 'Version, API range, schema and bundle'), ...problems },
});

const handover = createRoute({
  method: 'post',
  path: '/api/handover',
  summary: 'Make way for a newer bundle',
  request: { body: body(z.object({ bundle: z.string() })) },
  responses: { 202: json(Accepted, 'The daemon writes down what runs and ends'), ...problems },
});

const shutdown = createRoute({
  method: 'post',
  path: '/api/shutdown',
  summary: 'End the daemon',
  responses: { 202: json(Accepted, 'The daemon writes down what runs and ends'), ...problems },
});

const stay = createRoute({
  method: 'post',
  path: '/api/stay',
  summary: 'Go on when nobody uses the daemon, until it is told to end',
  responses: { 202: json(Accepted, 'It stays'), ...problems },
});

const status = createRoute({
  method: 'get',
  path: '/api/v1/status',
  summary: 'The daemon, its lake, its caches and what it is doing',
  responses: { 200: json(Status, 'Now'), ...problems },
});

const rebuilt = createRoute({
  method: 'get',
  path: '/api/v1/rebuilt',
  summary: 'What was found when the database was made anew',
  responses: { 200: json(Rebuilt.nullable(), 'null: it never was, on request'), ...problems },
});

const lake = createRoute({
  method: 'put',
  path: '/api/v1/lake',
  summary: "Choose this home's lake, once",
  request: { body: body(LakeRequest) },
  responses: { 200: json(LakeInfo, 'The lake, made if it was missing'), ...problems },
});

const lakeTest = createRoute({
  method: 'post',
  path: '/api/v1/lake/test',
  summary: 'What works at a place for a lake and what does not; nothing is left there',
  request: { body: body(LakeRequest) },
  responses: { 200: json(LakeTest, 'Also where nothing works'), ...problems },
});

const store = createRoute({
  method: 'put',
  path: '/api/v1/stores',
  summary: 'Give credentials for an S3 store that imported objects lie in',
  request: { body: body(StoreRequest) },
  responses: { 204: { description: 'Kept in memory' }, ...problems },
});

export const daemonRoutes: Routes = (app, hub) => {
  app.openapi(hello, (c) => c.json(hub.hello, 200));
  app.openapi(handover, (c) => {
    hub.stop('handover');
    return c.json({ accepted: true as const }, 202);
  });
  app.openapi(shutdown, (c) => {
    hub.stop('shutdown');
    return c.json({ accepted: true as const }, 202);
  });
  app.openapi(stay, (c) => {
    hub.stay();
    return c.json({ accepted: true as const }, 202);
  });
  app.openapi(status, async (c) => {
    const [lakeInfo, caches] = await Promise.all([hub.lakes.info(), listCaches(hub)]);
    const answer = {
      pid: process.pid,
      url: hub.url,
      home: hub.home,
      version: hub.hello.version,
      lake: lakeInfo,
      caches: await Promise.all(caches.map((cache) => describeCache(hub, cache))),
      jobs: hub.jobs.active,
    };
    return c.json(answer, 200);
  });
  app.openapi(rebuilt, async (c) => c.json(await describeRebuild(hub), 200));
  app.openapi(lake, async (c) => c.json(await hub.lakes.use(c.req.valid('json')), 200));
  app.openapi(lakeTest, async (c) => c.json(await testLake(await hub.lakes.reach(c.req.valid('json'))), 200));
  app.openapi(store, async (c) => {
    await hub.lakes.useStore(c.req.valid('json'));
    return c.body(null, 204);
  });
};
