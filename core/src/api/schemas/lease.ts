import { z } from '@hono/zod-openapi';
import { count, time } from './common.ts';
import { Selection } from './dataset.ts';

export const LeaseHolder = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('manual') }).describe('until unmount; survives the daemon'),
    z.object({ kind: z.literal('process'), pid: count, started: z.string().optional() }),
    z
      .object({ kind: z.literal('connection'), label: z.string() })
      .describe('as long as /leases/{id}/hold is open'),
  ])
  .openapi('LeaseHolder');

export const Lease = z
  .object({
    id: z.string(),
    placement: z.string(),
    dataset: z.string(),
    version: count,
    selection: Selection.nullable().describe('the part that is kept; null for the whole version'),
    cache: z.string(),
    path: z.string().nullable().describe('null until the placement is ready'),
    holder: LeaseHolder,
    since: time,
    job: z.string().nullable().describe('the fill to wait for'),
  })
  .openapi('Lease');

export type LeaseHolder = z.infer<typeof LeaseHolder>;
export type Lease = z.infer<typeof Lease>;
