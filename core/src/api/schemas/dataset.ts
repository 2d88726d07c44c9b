import { z } from '@hono/zod-openapi';
import { bytes, count, time } from './common.ts';

export const Version = z
  .object({
    dataset: z.string(),
    version: count,
    digest: z.string().describe('sha256:HEX of the logical manifest'),
    parents: z.array(count),
    author: z.string(),
    message: z.string(),
    time,
    files: count,
    bytes,
    tags: z.array(z.string()),
    added: count,
    changed: count,
    removed: count,
  })
  .openapi('Version');

export const Dataset = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    labels: z.array(z.string()).describe('what it belongs to, in words of its owners'),
    created: time,
    latest: Version.nullable(),
  })
  .openapi('Dataset');

export const FileEntry = z
  .object({
    path: z.string().describe('within the version, separated by /'),
    kind: z.enum(['file', 'folder', 'link']),
    size: bytes,
    files: count.optional().describe('below a folder'),
    executable: z.boolean().optional(),
    target: z.string().optional().describe("a link's"),
    sha256: z.string().optional(),
    mtime: time.optional(),
  })
  .openapi('FileEntry');

/** `size`: from small to great; `-size`: from great to small. */
export const FileSort = z.enum(['name', '-name', 'size', '-size', 'type', '-type', 'modified', '-modified']);

export const FilesPage = z
  .object({
    items: z.array(FileEntry),
    next: z.string().nullable(),
    total: count.optional().describe('rows of all pages: of a folder, and of a search with `partial`'),
    complete: z
      .boolean()
      .optional()
      .describe(
        'false: more is being read; the folder has at most `total` rows, or so many were found so far',
      ),
    offset: count.optional().describe('rows before the page, where it was asked for by `begins`'),
    read: count.optional().describe('of a search that is not complete: files that were looked at'),
  })
  .openapi('FilesPage');

/** What is changed of a dataset; what is left out stays. */
export const DatasetChange = z
  .object({
    description: z.string().max(10_000).optional(),
    labels: z.array(z.string()).max(50).optional().describe('all of them'),
  })
  .openapi('DatasetChange');

/** How runs stand to one version of a dataset. */
export const VersionUse = z
  .object({
    version: count,
    madeBy: z.object({ id: z.string(), name: z.string() }).nullable().describe('the run whose output it is'),
    runs: count.describe('that read it'),
    lastRun: time.nullable().describe('when the newest of them began'),
  })
  .openapi('VersionUse');

const PathSize = z.object({ path: z.string(), size: bytes });

export const Diff = z
  .object({ added: z.array(PathSize), changed: z.array(PathSize), removed: z.array(PathSize) })
  .openapi('Diff');

/** Part of a version, by globs; sorted, each once. */
export const Selection = z
  .object({
    include: z.array(z.string()).describe('globs of which one must match; none: everything'),
    exclude: z.array(z.string()).describe('globs of which none may match'),
  })
  .openapi('Selection');

/** How requests name a part; neither: the whole version. */
export const selectionFields = {
  include: z.array(z.string()).optional().describe('only paths that one of these globs matches'),
  exclude: z.array(z.string()).optional().describe('no path that one of these globs matches'),
};

/** A version in which something else is at a path than in the one before. */
export const FileChange = z
  .object({
    version: Version,
    is: z.enum(['added', 'changed', 'removed']),
    kind: z
      .enum(['file', 'folder', 'link'])
      .nullable()
      .describe('of what is there; null where it was removed'),
    size: bytes.describe('of what is there; 0 where it was removed'),
  })
  .openapi('FileChange');

export type Version = z.infer<typeof Version>;
export type Dataset = z.infer<typeof Dataset>;
export type DatasetChange = z.infer<typeof DatasetChange>;
export type VersionUse = z.infer<typeof VersionUse>;
export type FileEntry = z.infer<typeof FileEntry>;
export type FileSort = z.infer<typeof FileSort>;
export type FilesPage = z.infer<typeof FilesPage>;
export type Diff = z.infer<typeof Diff>;
export type Selection = z.infer<typeof Selection>;
export type FileChange = z.infer<typeof FileChange>;
