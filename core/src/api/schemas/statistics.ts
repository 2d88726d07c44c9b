import { z } from '@hono/zod-openapi';
import { bytes, count } from './common.ts';

const Counted = { files: count, bytes };

/** What a version holds, from its manifest alone. */
export const Counts = z
  .object({
    ...Counted,
    folders: count.describe('those that hold only folders too'),
    links: count,
    empty: count.describe('files of 0 bytes'),
    types: z
      .array(z.object({ type: z.string().describe('png; empty: none'), ...Counted }))
      .describe('by bytes, from great to small; those beyond 30 as one of type *'),
    top: z
      .array(z.object({ path: z.string(), ...Counted }))
      .describe('folders of the first level that has several, in path order; 200 at most'),
    topTotal: count.describe('of those folders, with the ones that are left out'),
    classes: z
      .object({
        folders: z
          .array(z.string())
          .describe('whose sub-folders are the classes: train, test, the largest first; empty: the top'),
        items: z.array(z.object({ name: z.string(), perFolder: z.array(count), ...Counted })),
      })
      .nullable()
      .describe('folders that look like classes'),
    sizes: z
      .array(z.object({ from: bytes, to: bytes.describe('exclusive'), ...Counted }))
      .describe('files by size, ranges that double; empty files are left out'),
  })
  .openapi('Counts');

export const SampledImage = z.object({
  path: z.string(),
  size: bytes,
  width: count,
  height: count,
  mode: z.string(),
});

/** What some files say of themselves, chosen by the hash of their paths: the same in every version that has them. */
export const Sample = z
  .object({
    images: z
      .object({
        of: count.describe('pictures in the version'),
        read: count.describe('whose headers were read'),
        failed: count.describe('that are no pictures, or of a kind nobody here can read'),
        items: z.array(SampledImage),
      })
      .nullable(),
    grid: z
      .array(z.object({ path: z.string(), size: bytes }))
      .describe('pictures to look at, spread over folders'),
    tables: z.array(
      z.object({
        path: z.string(),
        size: bytes,
        columns: z.array(z.string()),
        rows: count.nullable(),
        exact: z.boolean().describe('false: reckoned from the first rows'),
      }),
    ),
  })
  .openapi('Sample');

export const VersionStatistics = z
  .object({
    complete: z.boolean(),
    progress: z.object({ files: count, filesTotal: count }).nullable().describe('while files are counted'),
    counts: Counts.nullable(),
    sample: Sample.nullable(),
  })
  .openapi('VersionStatistics');

export type Counts = z.infer<typeof Counts>;
export type Sample = z.infer<typeof Sample>;
export type SampledImage = z.infer<typeof SampledImage>;
export type VersionStatistics = z.infer<typeof VersionStatistics>;
