import { z } from '@hono/zod-openapi';
import { bytes, count } from './common.ts';

/** One thing that a test tried. */
export const Check = z
  .object({
    name: z.string().describe("for people: 'Write'"),
    outcome: z
      .enum(['passed', 'note', 'failed', 'skipped'])
      .describe('note: it works, and there is something to know'),
    says: z.string().describe('what works, or what does not'),
    hint: z.string().nullable().describe('what to do'),
    seconds: z.number().nullable().describe('that it took; null where that says nothing'),
  })
  .openapi('Check');

export const LakeTest = z
  .object({
    url: z.string(),
    kind: z.enum(['folder', 'bucket']),
    holds: z
      .enum(['lake', 'nothing', 'missing', 'unknown'])
      .describe('missing: there is no such folder or bucket yet'),
    datasets: count.nullable().describe('in the lake that is there; null: there is none'),
    temporary: z.boolean().describe('on a file system that a restart may empty'),
    ok: z.boolean().describe('whether it can be used as it is, or made'),
    checks: z.array(Check),
  })
  .openapi('LakeTest');

export const CacheTest = z
  .object({
    path: z.string(),
    exists: z.boolean(),
    attached: z.string().nullable().describe('the cache that has this folder already'),
    fileSystem: z.string().nullable().describe("'ext4', 'NFS', ...; null where that can't be told"),
    network: z.boolean().describe('several machines may see the same files'),
    temporary: z.boolean(),
    size: bytes.describe('of the file system'),
    free: bytes,
    inodesFree: count.nullable(),
    suggestedCapacity: bytes,
    ok: z.boolean().describe('whether it can be attached'),
    checks: z.array(Check),
  })
  .openapi('CacheTest');

export type Check = z.infer<typeof Check>;
export type LakeTest = z.infer<typeof LakeTest>;
export type CacheTest = z.infer<typeof CacheTest>;
