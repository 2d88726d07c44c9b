import { z } from '@hono/zod-openapi';
import { bytes, count, time } from './common.ts';
import { LineageNotebook } from './notebook.ts';
import { RunState } from './run.ts';

const id = z.string().describe('unique in this answer');

export const LineageVersion = z.object({
  kind: z.literal('version'),
  id: z.string().describe('NAME@sha256-HEX: versions of a dataset with the same content are one'),
  name: z.string(),
  version: count.nullable().describe('null where the dataset is not one of Forebay'),
  digest: z.string(),
  state: z
    .enum(['there', 'removed', 'unknown', 'foreign'])
    .describe('unknown: the lake could not be asked; foreign: not one of Forebay'),
  files: count.nullable(),
  bytes: bytes.nullable(),
  time: time.nullable(),
});

export const LineageRun = z.object({
  kind: z.literal('run'),
  id: z.string(),
  name: z.string(),
  experiment: z.string(),
  state: RunState,
  deleted: z.boolean(),
  started: time,
  ended: time.nullable(),
});

export const LineageArtifact = z.object({
  kind: z.literal('artifact'),
  id,
  path: z.string().describe("at the top of the run's artifacts"),
  folder: z.boolean(),
  bytes: bytes.nullable().describe('null where a folder holds too many files to count now'),
});

export const LineageModel = z.object({
  kind: z.literal('model'),
  id: z.string(),
  name: z.string(),
  type: z.string(),
  created: time,
});

export const LineageNode = z.discriminatedUnion('kind', [
  LineageVersion,
  LineageRun,
  LineageArtifact,
  LineageModel,
  LineageNotebook,
]);

export const Lineage = z
  .object({
    of: z.string().describe('id of the node that was asked for'),
    nodes: z.array(LineageNode),
    edges: z
      .array(z.object({ from: z.string(), to: z.string() }))
      .describe('from what was used to what came of it'),
    more: z
      .array(z.object({ of: z.string(), direction: z.enum(['up', 'down']), count }))
      .describe('how many neighbours of a node are left out here'),
  })
  .openapi('Lineage');

/** What may be asked of lineage; steps go from one node to the next. */
export const LineageQuery = z.object({
  of: z.string().min(1).describe('NAME[@SEL], the id of a run, a model or a notebook'),
  up: z.coerce.number().int().min(0).max(20).default(3).describe('steps towards what it was made from'),
  down: z.coerce.number().int().min(0).max(20).default(3).describe('steps towards what came of it'),
  most: z.coerce
    .number()
    .int()
    .min(1)
    .max(500)
    .default(25)
    .describe('neighbours of one node in one direction'),
});

/** Where OpenLineage events of runs go, and how that went. */
export const Emission = z
  .object({
    target: z.string().nullable().describe('an absolute path or an address; null: nowhere'),
    since: time.nullable(),
    sent: count,
    waiting: count,
    refused: count.describe('that the receiver did not want'),
    dropped: count.describe('that gave way to newer ones, since 10,000 wait at most'),
    error: z.object({ time, message: z.string() }).nullable().describe('the newest'),
    retry: time.nullable().describe('when it is tried again; null: nothing failed'),
  })
  .openapi('Emission');

export const EmissionRequest = z.object({ target: z.string().min(1).max(4096) });

export type LineageNode = z.infer<typeof LineageNode>;
export type LineageVersion = z.infer<typeof LineageVersion>;
export type LineageRun = z.infer<typeof LineageRun>;
export type LineageArtifact = z.infer<typeof LineageArtifact>;
export type LineageModel = z.infer<typeof LineageModel>;
export type Lineage = z.infer<typeof Lineage>;
export type LineageQuery = z.infer<typeof LineageQuery>;
export type Emission = z.infer<typeof Emission>;
