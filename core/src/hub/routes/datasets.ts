import { createRoute, z } from '@hono/zod-openapi';
import { checkName, checkTag, Dataset, Diff, page, parseSelector, Version } from '../../api/index.ts';
import { diffVersions } from '../../dataset/diff.ts';
import { versionOf } from '../lake/catalog.ts';
import { pageOf } from '../page.ts';
import type { Routes } from './context.ts';
import { body, DatasetParam, IdempotencyKey, json, PageQuery, problems, VersionParam } from './route.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/datasets',
  summary: 'Datasets of the lake, by name',
  request: { query: PageQuery },
  responses: { 200: json(page(Dataset), 'A page'), ...problems },
});

const create = createRoute({
  method: 'post',
  path: '/api/v1/datasets',
  summary: 'Make an empty dataset',
  request: {
    headers: IdempotencyKey,
    body: body(z.object({ name: z.string(), description: z.string().optional() })),
  },
  responses: { 201: json(Dataset, 'Made'), ...problems },
});

const read = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}',
  summary: 'One dataset',
  request: { params: DatasetParam },
  responses: { 200: json(Dataset, 'The dataset'), ...problems },
});

const versions = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions',
  summary: 'Versions of a dataset, newest first',
  request: { params: DatasetParam, query: PageQuery },
  responses: { 200: json(page(Version), 'A page'), ...problems },
});

const version = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions/{sel}',
  summary: 'One version',
  request: { params: VersionParam },
  responses: { 200: json(Version, 'The version'), ...problems },
});

const TagParam = z.object({ name: z.string(), tag: z.string() });

const tag = createRoute({
  method: 'put',
  path: '/api/v1/datasets/{name}/tags/{tag}',
  summary: 'Put a tag on a version',
  request: { params: TagParam, body: body(z.object({ version: z.number().int().positive() })) },
  responses: { 200: json(Version, 'The version with its tags'), ...problems },
});

const untag = createRoute({
  method: 'delete',
  path: '/api/v1/datasets/{name}/tags/{tag}',
  summary: 'Take a tag away',
  request: { params: TagParam },
  responses: { 204: { description: 'Gone' }, ...problems },
});

const diff = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/diff',
  summary: 'What one version added, changed and removed against another',
  request: { params: DatasetParam, query: z.object({ from: z.string(), to: z.string() }) },
  responses: { 200: json(Diff, 'Paths with their sizes in bytes'), ...problems },
});

export const datasetRoutes: Routes = (app, hub) => {
  const { catalog } = hub;
  app.openapi(list, async (c) => {
    const { items, next } = pageOf(await catalog.list(), (dataset) => dataset.name, c.req.valid('query'));
    return c.json({ items: await Promise.all(items.map((item) => catalog.describe(item))), next }, 200);
  });
  app.openapi(create, async (c) => {
    const { name, description } = c.req.valid('json');
    return c.json(await catalog.create(checkName(name), description ?? ''), 201);
  });
  app.openapi(read, async (c) => {
    const { dataset } = await catalog.dataset(checkName(c.req.valid('param').name));
    return c.json(await catalog.describe(dataset), 200);
  });
  app.openapi(versions, async (c) => {
    const { dataset, history } = await catalog.dataset(checkName(c.req.valid('param').name));
    const newestFirst = history.versions.toReversed();
    const found = pageOf(newestFirst, (each) => -each.version, c.req.valid('query'));
    return c.json({ ...found, items: found.items.map((each) => versionOf(dataset.name, each)) }, 200);
  });
  app.openapi(version, async (c) => {
    const { name, sel } = c.req.valid('param');
    const found = await catalog.version(checkName(name), parseSelector(sel));
    return c.json(versionOf(name, found.version), 200);
  });
  app.openapi(tag, async (c) => {
    const param = c.req.valid('param');
    return c.json(
      await catalog.tag(checkName(param.name), checkTag(param.tag), c.req.valid('json').version),
      200,
    );
  });
  app.openapi(untag, async (c) => {
    const param = c.req.valid('param');
    await catalog.untag(checkName(param.name), checkTag(param.tag));
    return c.body(null, 204);
  });
  app.openapi(diff, async (c) => {
    const name = checkName(c.req.valid('param').name);
    const query = c.req.valid('query');
    const { opened, dataset, version: from } = await catalog.version(name, parseSelector(query.from));
    const { version: to } = await catalog.version(name, parseSelector(query.to));
    return c.json(await diffVersions(opened.lake, dataset.id, from, to), 200);
  });
};
