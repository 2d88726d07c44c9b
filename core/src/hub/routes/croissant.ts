import { createRoute, z } from '@hono/zod-openapi';
import { checkName, parseSelector } from '../../api/index.ts';
import { describeVersion } from '../../dataset/croissant/describe.ts';
import { pickVersion } from '../../dataset/history.ts';
import type { Routes } from './http/context.ts';
import { problems, VersionParam } from './http/route.ts';

const croissant = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions/{sel}/croissant',
  summary: 'A version described in Croissant, for other tools and catalogues',
  request: { params: VersionParam },
  responses: {
    200: {
      description: 'JSON-LD (https://docs.mlcommons.org/croissant)',
      content: { 'application/ld+json': { schema: z.object({}).loose() } },
    },
    ...problems,
  },
});

export const croissantRoutes: Routes = (app, hub) => {
  app.openapi(croissant, async (c) => {
    const { name, sel } = c.req.valid('param');
    const { opened, dataset, history } = await hub.catalog.dataset(checkName(name));
    const version = pickVersion(history, name, parseSelector(sel));
    const document = await describeVersion(opened.lake, dataset, history, version);
    return c.json(document, 200, { 'Content-Type': 'application/ld+json' });
  });
};
