import { z } from '@hono/zod-openapi';
import { bytes, count, ProblemBody, time } from './common.ts';

export const JobKind = z.enum([
  'sync',
  'preview',
  'import',
  'pull',
  'clone',
  'verify',
  'fill',
  'evict',
  'cache-verify',
  'collect',
  'repack',
  'repair',
  'import-runs',
]);

export const JobState = z.enum(['queued', 'running', 'done', 'failed', 'cancelled', 'interrupted']);

export const Progress = z
  .object({
    phase: z
      .string()
      .describe('scanning, listing, packing, uploading, committing, filling, verifying, publishing, ...'),
    files: count,
    filesTotal: count.nullable(),
    bytes,
    bytesTotal: count.nullable(),
    bytesPerSecond: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  })
  .openapi('Progress');

export const Job = z
  .object({
    id: z.string(),
    kind: JobKind,
    state: JobState,
    title: z.string().describe("for people: 'Filling mnist@v2'"),
    dataset: z.string().nullable(),
    version: count.nullable(),
    cache: z.string().nullable(),
    progress: Progress,
    result: z.unknown().describe('per kind, once done; see the endpoint that made it'),
    problem: ProblemBody.nullable(),
    created: time,
    ended: time.nullable(),
  })
  .openapi('Job');

export type JobKind = z.infer<typeof JobKind>;
export type JobState = z.infer<typeof JobState>;
export type Progress = z.infer<typeof Progress>;
export type Job = z.infer<typeof Job>;
