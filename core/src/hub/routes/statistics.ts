import { createRoute } from '@hono/zod-openapi';
import { checkName, parseSelector, VersionStatistics } from '../../api/index.ts';
import { surveysOf } from '../statistics/surveys.ts';
import type { Routes } from './http/context.ts';
import { json, problems, VersionParam } from './http/route.ts';

/** Milliseconds that an answer waits for more to be known. */
const patience = 150;

const statistics = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions/{sel}/statistics',
  summary: 'What a version holds, as far as it is known by now; asking begins to find out',
  request: { params: VersionParam },
  responses: { 200: json(VersionStatistics, 'Asked again until complete'), ...problems },
});

export const statisticsRoutes: Routes = (app, hub) => {
  app.openapi(statistics, async (c) => {
    const { name, sel } = c.req.valid('param');
    const found = await hub.catalog.version(checkName(name), parseSelector(sel));
    return c.json(await surveysOf(hub).statistics(found, patience), 200);
  });
};
