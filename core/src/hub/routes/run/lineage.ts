import { createRoute } from '@hono/zod-openapi';
import { Emission, EmissionRequest, Lineage, LineageQuery } from '../../../api/index.ts';
import { prepareTarget } from '../../../run/emit/deliver.ts';
import { startEmission, stopEmission, viewEmission } from '../../../run/emit/queue.ts';
import { checkTarget } from '../../../run/emit/target.ts';
import { lineageOf } from '../../lineage/read.ts';
import type { Routes } from '../http/context.ts';
import { body, json, problems } from '../http/route.ts';
import { tracked } from './tracked.ts';

const read = createRoute({
  method: 'get',
  path: '/api/v1/lineage',
  summary: 'What a version, a run or a model was made from, and what came of it',
  request: { query: LineageQuery },
  responses: { 200: json(Lineage, 'Nodes and edges, and where there is more'), ...problems },
});

const emission = createRoute({
  method: 'get',
  path: '/api/v1/lineage/emission',
  summary: 'Where OpenLineage events of runs go',
  responses: { 200: json(Emission, 'The target, what waits, and the last error'), ...problems },
});

const emit = createRoute({
  method: 'put',
  path: '/api/v1/lineage/emission',
  summary: 'Send OpenLineage events of runs to a file or an address from now on',
  request: { body: body(EmissionRequest) },
  responses: { 200: json(Emission, 'The target'), ...problems },
});

const silence = createRoute({
  method: 'delete',
  path: '/api/v1/lineage/emission',
  summary: 'Send no more events; what waits is forgotten',
  responses: { 200: json(Emission, 'No target'), ...problems },
});

/** Where data came from and went to. */
export const lineageRoutes: Routes = (app, hub) => {
  app.openapi(read, (c) =>
    tracked(hub, async (tracking) =>
      c.json(await lineageOf(hub.catalog, tracking, c.req.valid('query')), 200),
    ),
  );
  app.openapi(emission, (c) => tracked(hub, async ({ db }) => c.json(await viewEmission(db), 200)));
  app.openapi(emit, (c) =>
    tracked(hub, async ({ db, now }) => {
      const target = checkTarget(c.req.valid('json').target);
      await prepareTarget(target);
      await startEmission(db, target, now());
      return c.json(await viewEmission(db), 200);
    }),
  );
  app.openapi(silence, (c) =>
    tracked(hub, async ({ db }) => {
      await stopEmission(db);
      return c.json(await viewEmission(db), 200);
    }),
  );
};
