import { createRoute, z } from '@hono/zod-openapi';
import {
  checkName,
  Diff,
  DiffEntries,
  DiffFile,
  DiffFolders,
  DiffKind,
  DiffSummary,
  ForebayError,
  parseSelector,
} from '../../api/index.ts';
import type { ComparedVersion } from '../../dataset/diff/differences.ts';
import { compareFolders, mostDifferent } from '../../dataset/diff/folders.ts';
import { diffVersions } from '../../dataset/diff.ts';
import { listed } from '../../dataset/listing.ts';
import { findEntry } from '../../dataset/manifest/read.ts';
import { comparisonOf } from '../diff/comparisons.ts';
import { nothingYet, summaryOf } from '../diff/summary.ts';
import { versionOf } from '../lake/catalog.ts';
import type { RouteContext, Routes } from './http/context.ts';
import { DatasetParam, json, problems } from './http/route.ts';

const Pair = z.object({
  from: z.string().describe('v3, latest, a tag, or sha256-HEX'),
  to: z.string(),
  fromDataset: z.string().optional().describe('where `from` is a version of another dataset'),
});

/** In a query: its name again for each. */
const Kinds = z.preprocess(
  (given) => (typeof given === 'string' ? [given] : given),
  z.array(DiffKind).optional(),
);

const diff = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/diff',
  summary: 'What one version added, changed and removed against another',
  request: { params: DatasetParam, query: z.object({ from: z.string(), to: z.string() }) },
  responses: { 200: json(Diff, 'Paths with their sizes in bytes'), ...problems },
});

const summary = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/diff/summary',
  summary: 'What changed between two versions, and how much; comparing large ones goes on between requests',
  request: { params: DatasetParam, query: Pair },
  responses: { 200: json(DiffSummary, 'So far, or all'), ...problems },
});

const entries = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/diff/entries',
  summary: 'A page of what differs: of one folder, sub-folders first, or of all in path order',
  request: {
    params: DatasetParam,
    query: Pair.extend({
      folder: z
        .string()
        .optional()
        .describe('only directly in it, sub-folders with counts; empty for the top'),
      search: z.string().default('').describe('only paths that contain this'),
      kinds: Kinds.describe('only these; none: all'),
      offset: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
  },
  responses: { 200: json(DiffEntries, 'A page'), ...problems },
});

const folders = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/diff/folders',
  summary: 'Files and bytes of sub-folders in both versions',
  request: {
    params: DatasetParam,
    query: Pair.extend({
      folder: z.string().default('').describe("empty: where most files are; '/': the top"),
      limit: z.coerce.number().int().min(1).max(1000).default(200),
    }),
  },
  responses: { 200: json(DiffFolders, 'By path'), ...problems },
});

const file = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/diff/file',
  summary: 'One path in both versions',
  request: {
    params: DatasetParam,
    query: Pair.extend({ path: z.string().min(1) }),
  },
  responses: { 200: json(DiffFile, 'Null where it is not there'), ...problems },
});

/** Milliseconds that a request waits for a comparison before it tells how far that is. */
const patience = 400;

export const diffRoutes: Routes = (app, hub) => {
  app.openapi(diff, async (c) => {
    const { from, to } = await pairOf(hub, c.req.valid('param').name, c.req.valid('query'));
    return c.json(await diffVersions(to.lake, to.datasetId, from.version, to.version), 200);
  });
  app.openapi(summary, async (c) => {
    const { from, to, names } = await pairOf(hub, c.req.valid('param').name, c.req.valid('query'));
    const comparison = comparisonOf(from, to);
    const result = await comparison.within(patience, c.req.raw.signal);
    const versions = { from: versionOf(names.from, from.version), to: versionOf(names.to, to.version) };
    const known = result ? summaryOf(result) : nothingYet;
    return c.json({ ...versions, ...known, ready: result !== undefined, pages: comparison.pages }, 200);
  });
  app.openapi(entries, async (c) => {
    const { folder, kinds, search, offset, limit, ...pair } = c.req.valid('query');
    const { from, to } = await pairOf(hub, c.req.valid('param').name, pair);
    const views = await comparisonOf(from, to).views(c.req.raw.signal);
    const query = { folder: folder ?? null, kinds: kinds ?? [], search, offset, limit };
    return c.json(views.entries(query), 200);
  });
  app.openapi(folders, async (c) => {
    const { folder, limit, ...pair } = c.req.valid('query');
    const { from, to } = await pairOf(hub, c.req.valid('param').name, pair);
    const found = await compareFolders(from, to, folder);
    const items = mostDifferent(found.items, limit);
    return c.json({ folder: found.folder, items, total: found.items.length }, 200);
  });
  app.openapi(file, async (c) => {
    const { path, ...pair } = c.req.valid('query');
    const { from, to } = await pairOf(hub, c.req.valid('param').name, pair);
    const { table } = await comparisonOf(from, to).whole(c.req.raw.signal);
    const row = table.find(path);
    const change = row < 0 ? undefined : table.row(row);
    const [old, now] = await Promise.all([
      findEntry(from.lake, from.datasetId, from.version.root, change?.from ?? path),
      findEntry(to.lake, to.datasetId, to.version.root, path),
    ]);
    const sides = { before: old ? listed(old) : null, after: now ? listed(now) : null };
    if (!old && !now) throw new ForebayError('path-unknown', `'${path}' is in neither version.`);
    // What a move left behind is gone from there.
    const is: DiffFile['is'] = change?.is === 'left' ? 'removed' : (change?.is ?? 'same');
    return c.json({ is, ...sides }, 200);
  });
};

async function pairOf(
  hub: RouteContext,
  name: string,
  query: { from: string; to: string; fromDataset?: string | undefined },
): Promise<{ from: ComparedVersion; to: ComparedVersion; names: { from: string; to: string } }> {
  const names = { from: checkName(query.fromDataset ?? name), to: checkName(name) };
  const [from, to] = await Promise.all([
    hub.catalog.version(names.from, parseSelector(query.from)),
    hub.catalog.version(names.to, parseSelector(query.to)),
  ]);
  const compared = ({ opened, dataset, version }: typeof to): ComparedVersion => ({
    lake: opened.lake,
    datasetId: dataset.id,
    version,
  });
  return { from: compared(from), to: compared(to), names };
}
