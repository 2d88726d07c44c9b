import { createRoute, z } from '@hono/zod-openapi';
import { checkName, FileChange, FileEntry, page, parseSelector } from '../../api/index.ts';
import { fileHistory } from '../../dataset/fileHistory/fileHistory.ts';
import { readPath } from '../../dataset/readPath.ts';
import { versionOf } from '../lake/catalog.ts';
import { settledVersions } from '../lake/settled.ts';
import { pageOf } from '../page.ts';
import type { Routes } from './http/context.ts';
import { DatasetParam, json, PageQuery, problems, VersionParam } from './http/route.ts';

const read = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions/{sel}/entry',
  summary: 'What is at a path of a version',
  request: { params: VersionParam, query: z.object({ path: z.string().min(1) }) },
  responses: { 200: json(FileEntry, 'A file, a folder without its counts, or a link'), ...problems },
});

const history = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/file-history',
  summary: 'Which versions changed what is at a path, newest first',
  request: {
    params: DatasetParam,
    query: PageQuery.extend({ path: z.string().min(1) }).describe('`limit`: versions that are looked into'),
  },
  responses: { 200: json(page(FileChange), 'A page; it may be empty and still not the last'), ...problems },
});

export const entryRoutes: Routes = (app, hub) => {
  const find = settledVersions(hub);
  app.openapi(read, async (c) => {
    const { name, sel } = c.req.valid('param');
    const { opened, dataset, version } = await find(checkName(name), parseSelector(sel));
    return c.json(await readPath(opened.lake, dataset.id, version.root, c.req.valid('query').path), 200);
  });
  app.openapi(history, async (c) => {
    const { path, ...query } = c.req.valid('query');
    const { opened, dataset, history } = await hub.catalog.dataset(checkName(c.req.valid('param').name));
    const { items, next } = pageOf(history.versions.toReversed(), ({ version }) => -version, query);
    const versions = items.toReversed();
    const first = versions[0];
    const before = history.versions.findLast(({ version }) => version < (first?.version ?? 0)) ?? null;
    const asked = { path, versions, before };
    const changes = await fileHistory(opened.lake, dataset.id, asked, c.req.raw.signal);
    const told = changes.map(({ version, is, entry }) => ({
      version: versionOf(dataset.name, version),
      is,
      kind: entry?.kind ?? null,
      size: entry?.kind === 'file' ? entry.size : 0,
    }));
    return c.json({ items: told, next }, 200);
  });
};
