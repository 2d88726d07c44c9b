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

export type Version = z.infer<typeof Version>;
export type Dataset = z.infer<typeof Dataset>;
export type FileEntry = z.infer<typeof FileEntry>;
export type Diff = z.infer<typeof Diff>;
export type Selection = z.infer<typeof Selection>;
