import { createRoute, z } from '@hono/zod-openapi';
import {
  checkName,
  checkTag,
  Dataset,
  DatasetChange,
  page,
  parseSelector,
  Version,
  VersionUse,
} from '../../api/index.ts';
import { versionUses } from '../../run/lineage/versionUses.ts';
import { versionOf } from '../lake/catalog.ts';
import { matching } from '../lake/matching.ts';
import { pageOf } from '../page.ts';
import type { Routes } from './http/context.ts';
import { body, DatasetParam, IdempotencyKey, json, PageQuery, problems, VersionParam } from './http/route.ts';
import { tracked } from './run/tracked.ts';

const list = createRoute({
  method: 'get',
  path: '/api/v1/datasets',
  summary: 'Datasets of the lake, by name',
  request: {
    query: PageQuery.extend({
      fresh: z
        .stringbool()
        .default(true)
        .describe('false: at once as last known; what is new is asked for behind, and told as an event'),
      search: z
        .string()
        .max(1000)
        .optional()
        .describe('only datasets with each of these words in their name, description or labels'),
    }),
  },
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

const change = createRoute({
  method: 'patch',
  path: '/api/v1/datasets/{name}',
  summary: 'Say what a dataset is and what it belongs to',
  request: { params: DatasetParam, body: body(DatasetChange) },
  responses: { 200: json(Dataset, 'As it is now'), ...problems },
});

const uses = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/uses',
  summary: 'Which run made each version, and how many read it; newest first',
  request: { params: DatasetParam },
  responses: { 200: json(z.object({ items: z.array(VersionUse) }), 'One a version'), ...problems },
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

export const datasetRoutes: Routes = (app, hub) => {
  const { catalog } = hub;
  app.openapi(list, async (c) => {
    const { fresh, search, ...query } = c.req.valid('query');
    const all = matching(await catalog.list(), search);
    const { items, next } = pageOf(all, (dataset) => dataset.name, query);
    const described = items.map((item) => (fresh ? catalog.describe(item) : catalog.recall(item)));
    if (!fresh) catalog.refresh(all);
    return c.json({ items: await Promise.all(described), next }, 200);
  });
  app.openapi(create, async (c) => {
    const { name, description } = c.req.valid('json');
    return c.json(await catalog.create(checkName(name), description ?? ''), 201);
  });
  app.openapi(read, async (c) => {
    const { dataset } = await catalog.dataset(checkName(c.req.valid('param').name));
    return c.json(await catalog.describe(dataset), 200);
  });
  app.openapi(change, async (c) => {
    const name = checkName(c.req.valid('param').name);
    return c.json(await catalog.change(name, c.req.valid('json')), 200);
  });
  app.openapi(uses, (c) =>
    tracked(hub, async ({ db }) => {
      const { dataset, history } = await catalog.dataset(checkName(c.req.valid('param').name));
      return c.json({ items: await versionUses(db, dataset.name, history.versions.toReversed()) }, 200);
    }),
  );
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
};
