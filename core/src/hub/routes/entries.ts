import { createRoute, z } from '@hono/zod-openapi';
import { checkName, FileEntry, parseSelector } from '../../api/index.ts';
import { readPath } from '../../dataset/readPath.ts';
import { settledVersions } from '../lake/settled.ts';
import type { Routes } from './context.ts';
import { json, problems, VersionParam } from './route.ts';

const read = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions/{sel}/entry',
  summary: 'What is at a path of a version',
  request: { params: VersionParam, query: z.object({ path: z.string().min(1) }) },
  responses: { 200: json(FileEntry, 'A file, a folder without its counts, or a link'), ...problems },
});

export const entryRoutes: Routes = (app, hub) => {
  const find = settledVersions(hub);
  app.openapi(read, async (c) => {
    const { name, sel } = c.req.valid('param');
    const { opened, dataset, version } = await find(checkName(name), parseSelector(sel));
    return c.json(await readPath(opened.lake, dataset.id, version.root, c.req.valid('query').path), 200);
  });
};
