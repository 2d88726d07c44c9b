import { z } from '@hono/zod-openapi';
import { bytes, count, time } from './common.ts';

const Clearing = z
  .array(z.object({ cache: z.string(), job: z.string() }))
  .describe('cached copies that go too, each by a job');

export const RemovedVersion = z
  .object({ dataset: z.string(), version: count, tags: z.array(z.string()), clearing: Clearing })
  .openapi('RemovedVersion');

export const DeletedDataset = z
  .object({ dataset: z.string(), versions: count, clearing: Clearing })
  .openapi('DeletedDataset');

const Objects = z.object({ objects: count, bytes });

export const CollectResult = z
  .object({
    dataset: z.string(),
    dryRun: z.boolean().describe('nothing was changed: what would be done'),
    unreferenced: z
      .array(z.object({ kind: z.enum(['packs', 'pages', 'roots', 'changes']), objects: count, bytes }))
      .describe('all that no version refers to'),
    young: Objects.describe('of it, left alone: somebody may be uploading it'),
    named: Objects.describe('of it, named as garbage now'),
    waiting: Objects.extend({ until: time.nullable() }).describe('of it, named less than a day ago'),
    deleted: Objects.describe('of it, named a day ago or more'),
  })
  .openapi('CollectResult');

export const RepackResult = z
  .object({
    dataset: z.string(),
    dryRun: z.boolean().describe('nothing was changed: what would be done'),
    packs: count.describe('that versions refer to'),
    sparse: Objects.describe('of them, less than half in use: their live content goes into new packs'),
    live: bytes.describe('of content to copy'),
    scattered: z.array(count).describe('versions whose manifest pages are to be gathered'),
    relocated: z.array(count).describe('versions that refer to the new objects now'),
    uploadedBytes: bytes,
    problems: z.array(z.object({ path: z.string(), problem: z.string() })),
  })
  .openapi('RepackResult');

export const RepairResult = z
  .object({
    dataset: z.string(),
    versions: count.describe('that were read'),
    files: count.describe('that are whole; what versions share counts once'),
    bytes,
    healed: z.array(z.object({ path: z.string(), from: z.string().describe('where its bytes were found') })),
    relocated: z.array(count).describe('versions that refer to the healed content now'),
    uploadedBytes: bytes,
    problems: z
      .array(z.object({ path: z.string(), problem: z.string() }))
      .describe('what could not be healed'),
  })
  .openapi('RepairResult');

export const Rebuilt = z
  .object({
    time,
    aside: z.string().nullable().describe('where the former database is kept; null: there was none'),
    caches: z.array(z.object({ name: z.string(), path: z.string(), placements: count })),
    quietUntil: time.describe('nothing is cleared unasked before'),
  })
  .openapi('Rebuilt');

export type RemovedVersion = z.infer<typeof RemovedVersion>;
export type DeletedDataset = z.infer<typeof DeletedDataset>;
export type CollectResult = z.infer<typeof CollectResult>;
export type RepackResult = z.infer<typeof RepackResult>;
export type RepairResult = z.infer<typeof RepairResult>;
export type Rebuilt = z.infer<typeof Rebuilt>;
