import { z } from '@hono/zod-openapi';
import { bytes, count } from './common.ts';
import { FileEntry, Version } from './dataset.ts';

export const DiffKind = z.enum(['added', 'changed', 'removed', 'moved']);

const Amount = z.object({ files: count, bytes });
const bothSides = <T extends z.ZodType>(side: T) => z.object({ before: side, after: side });

export const DiffCounts = z
  .object({ added: count, changed: count, removed: count, moved: count })
  .openapi('DiffCounts');

/** How much differs; while that is being found out, what has been found so far is in no order. */
export const DiffSummary = z
  .object({
    from: Version,
    to: Version,
    ready: z.boolean().describe('false: still comparing; ask again'),
    pages: z.object({ read: count, all: count }).describe("of the versions' manifests, while comparing"),
    counts: DiffCounts.describe('paths'),
    bytes: z
      .object({
        added: bytes,
        removed: bytes,
        moved: bytes,
        changed: bothSides(bytes),
      })
      .describe('of the paths that are counted'),
    beyond: count.describe('paths that differ too, but too many to be kept: they are in no list'),
    types: z
      .array(z.object({ type: z.string(), ...bothSides(Amount).shape }))
      .describe("files that differ by their type ('png'; '' where names say none), without moves"),
  })
  .openapi('DiffSummary');

const DiffSide = z.object({ kind: z.enum(['file', 'folder', 'link']), size: bytes, executable: z.boolean() });

/** A path that differs. A moved file stands at its new path. */
export const DiffChange = z
  .object({
    kind: z.literal('change'),
    path: z.string(),
    is: DiffKind,
    from: z.string().nullable().describe('of a moved file: where it was'),
    before: DiffSide.nullable(),
    after: DiffSide.nullable(),
  })
  .openapi('DiffChange');

export const DiffFolder = z
  .object({
    kind: z.literal('folder'),
    path: z.string(),
    counts: DiffCounts,
    bytes: bothSides(bytes).describe('of the paths that differ below it'),
  })
  .openapi('DiffFolder');

export const DiffEntry = z.discriminatedUnion('kind', [DiffFolder, DiffChange]).openapi('DiffEntry');

export const DiffEntries = z
  .object({ items: z.array(DiffEntry), total: count.describe('entries of this list') })
  .openapi('DiffEntries');

/** What a folder's sub-folders (the classes of many datasets) hold in both versions, whether it differs or not. */
export const DiffFolders = z
  .object({
    folder: z.string().describe('the one asked for, or the first below it with more than one thing in it'),
    items: z.array(z.object({ path: z.string(), ...bothSides(Amount).shape })),
    total: count.describe('sub-folders; `items` has those that differ most'),
  })
  .openapi('DiffFolders');

export const DiffFile = z
  .object({
    is: z.enum(['added', 'changed', 'removed', 'moved', 'same']),
    before: FileEntry.nullable().describe('of a moved file: where it was'),
    after: FileEntry.nullable(),
  })
  .openapi('DiffFile');

export type DiffKind = z.infer<typeof DiffKind>;
export type DiffCounts = z.infer<typeof DiffCounts>;
export type DiffSummary = z.infer<typeof DiffSummary>;
export type DiffChange = z.infer<typeof DiffChange>;
export type DiffFolder = z.infer<typeof DiffFolder>;
export type DiffEntry = z.infer<typeof DiffEntry>;
export type DiffEntries = z.infer<typeof DiffEntries>;
export type DiffFolders = z.infer<typeof DiffFolders>;
export type DiffFile = z.infer<typeof DiffFile>;
