import { z } from '@hono/zod-openapi';
import { CacheStore } from './cache.ts';
import { count } from './common.ts';
import { Job } from './job.ts';
import { LakeInfo } from './lake.ts';

export const Hello = z
  .object({
    version: z.string(),
    apiMin: count,
    apiMax: count,
    schema: count,
    bundle: z.string().describe('sha256 of the program that runs, first 12 digits'),
    pid: count,
  })
  .openapi('Hello');

export const Status = z
  .object({
    pid: count,
    url: z.string().describe('unix:PATH'),
    home: z.string(),
    version: z.string(),
    lake: LakeInfo.nullable(),
    caches: z.array(CacheStore),
    jobs: z.array(Job).describe('queued and running'),
  })
  .openapi('Status');

/** A hint that something changed; read it again at its own address. `reset` means: read everything again. */
export const ChangeEvent = z
  .object({
    id: count,
    kind: z.enum(['lake', 'dataset', 'cache', 'placement', 'lease', 'job', 'run', 'reset']),
    subject: z.string().describe("a dataset's or cache's name, or an id"),
  })
  .openapi('ChangeEvent');

export type Hello = z.infer<typeof Hello>;
export type Status = z.infer<typeof Status>;
export type ChangeEvent = z.infer<typeof ChangeEvent>;
