import { ReadableStream } from 'node:stream/web';
import { createRoute, z } from '@hono/zod-openapi';
import { checkName, FileSort, FilesPage, ForebayError, parseSelector, selectionOf } from '../../api/index.ts';
import { openContent } from '../../dataset/content.ts';
import { listFolder } from '../../dataset/listing.ts';
import { findEntry } from '../../dataset/manifest/read.ts';
import { settledVersions } from '../lake/settled.ts';
import { searchVersion } from '../statistics/search.ts';
import { parseRange } from './http/byteRange.ts';
import type { Routes } from './http/context.ts';
import { isKnown } from './http/etag.ts';
import { json, PageQuery, problems, VersionParam } from './http/route.ts';

/** In a query: its name again for each. */
const Globs = z.preprocess(
  (given) => (typeof given === 'string' ? [given] : given),
  z.array(z.string()).optional(),
);

const list = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions/{sel}/files',
  summary: 'A folder of a version, sub-folders first',
  request: {
    params: VersionParam,
    query: PageQuery.extend({
      folder: z.string().default('').describe('within the version; empty for the top'),
      search: z.string().optional().describe('only paths that contain this'),
      recursive: z.stringbool().default(false).describe('files below sub-folders instead of sub-folders'),
      offset: z.coerce.number().int().min(0).optional().describe('rows before the page, instead of a cursor'),
      begins: z.string().optional().describe('of a folder: from the first row whose name begins so'),
      sort: FileSort.default('name').describe('of a folder, and of a search with `partial`'),
      partial: z
        .stringbool()
        .default(false)
        .describe('what is known so far, soon, for a list that is looked at meanwhile'),
      include: Globs.describe('only paths that one of these globs matches'),
      exclude: Globs.describe('no path that one of these globs matches'),
    }),
  },
  responses: { 200: json(FilesPage, 'A page'), ...problems },
});

const content = createRoute({
  method: 'get',
  path: '/api/v1/datasets/{name}/versions/{sel}/content',
  summary: "One file's bytes",
  request: {
    params: VersionParam,
    query: z.object({
      path: z.string().min(1),
      download: z.stringbool().default(false).describe('to be saved, not shown'),
    }),
    headers: z.object({ range: z.string().optional(), 'if-none-match': z.string().optional() }),
  },
  responses: {
    200: { description: 'The file', content: { 'application/octet-stream': { schema: z.string() } } },
    206: {
      description: 'The range that was asked for',
      content: { 'application/octet-stream': { schema: z.string() } },
    },
    304: { description: 'The file is the one that was got before' },
    ...problems,
  },
});

export const fileRoutes: Routes = (app, hub) => {
  const { catalog } = hub;
  const find = settledVersions(hub);
  app.openapi(list, async (c) => {
    const { name, sel } = c.req.valid('param');
    const found = await catalog.version(checkName(name), parseSelector(sel));
    const { opened, dataset, version } = found;
    const query = c.req.valid('query');
    const options = { ...query, selection: selectionOf(query) };
    if (query.partial && query.search && options.selection === null) {
      return c.json(await searchVersion(hub, found, { ...query, search: query.search }), 200);
    }
    return c.json(await listFolder(opened.lake, dataset.id, version.root, options), 200);
  });
  app.openapi(content, async (c) => {
    const { name, sel } = c.req.valid('param');
    const { path, download } = c.req.valid('query');
    const { opened, dataset, version } = await find(checkName(name), parseSelector(sel));
    const entry = await findEntry(opened.lake, dataset.id, version.root, path);
    if (entry?.kind !== 'file') {
      const what = entry ? `is a ${entry.kind}, not a file` : "isn't there";
      throw new ForebayError('path-unknown', `'${path}' ${what} in ${name}@v${version.version}.`);
    }
    const asked = c.req.valid('header');
    const tag = entry.sha256 === null ? undefined : `"${entry.sha256}"`;
    // A number's content never changes, but under a name that was deleted another dataset may count anew.
    const kept = { 'Cache-Control': 'private, no-cache', ...(tag ? { ETag: tag } : {}) };
    if (tag && isKnown(asked['if-none-match'], tag))
      return new Response(null, { status: 304, headers: kept });
    const range = parseRange(asked.range, entry.size);
    const bytes = openContent(opened.lake, dataset.id, entry, range, c.req.raw.signal);
    const length = range ? range.length : entry.size;
    const headers = new Headers({
      'Content-Type': 'application/octet-stream',
      'Content-Length': String(length),
      'Accept-Ranges': 'bytes',
      ...kept,
      ...(download ? { 'Content-Disposition': attachment(path) } : {}),
      ...(range
        ? { 'Content-Range': `bytes ${range.offset}-${range.offset + length - 1}/${entry.size}` }
        : {}),
    });
    // Browsers' types, which tests that drive one compile with, know no such thing as from().
    const body = ReadableStream.from(bytes) as unknown as ConstructorParameters<typeof Response>[0];
    return new Response(body, { status: range ? 206 : 200, headers });
  });
};

/** RFC 6266, with the name in UTF-8. */
const attachment = (path: string) =>
  `attachment; filename*=UTF-8''${encodeURIComponent(path.split('/').at(-1) ?? path)}`;
