import { z } from '@hono/zod-openapi';
import { bytes, count, time } from './common.ts';

export const RunState = z.enum(['running', 'scheduled', 'finished', 'failed', 'killed', 'lost']);

/** A version that a run used; `cache` names the one it was read from. */
export const RunDataset = z.object({
  name: z.string(),
  digest: z.string(),
  version: count.nullable().describe('null where the dataset is not one of Forebay'),
  cache: z.string().nullable(),
});

/** JSON has no NaN: null, and `text` says which of NaN, Infinity and -Infinity it is. */
export const RunMetric = z.object({
  value: z.number().nullable(),
  text: z.string(),
  step: z.number(),
  time,
});

export const Run = z
  .object({
    id: z.string(),
    name: z.string(),
    experiment: z.object({ id: z.string(), name: z.string() }),
    state: RunState,
    user: z.string(),
    started: time,
    ended: time.nullable(),
    command: z.array(z.string()).nullable().describe('null: it was not started by Forebay'),
    folder: z.string().nullable(),
    host: z.string().nullable(),
    exitCode: z.number().int().nullable(),
    params: z.record(z.string(), z.string()),
    metrics: z.record(z.string(), RunMetric).describe('the newest point of each series'),
    tags: z.record(z.string(), z.string()),
    datasets: z.array(RunDataset),
    deleted: z.boolean().describe('out of all lists; can be brought back'),
  })
  .openapi('Run');

/** What a person changes of a run afterwards; what isn't named stays. */
export const RunChange = z.object({
  name: z.string().min(1).max(250).optional(),
  tags: z
    .record(z.string().min(1).max(250), z.string().max(8000).nullable())
    .optional()
    .describe('null takes a tag away'),
  deleted: z.boolean().optional(),
});

export const RunRequest = z.object({
  experiment: z.string().min(1).max(500).optional().describe('made if need be; else Default'),
  name: z.string().min(1).max(250).optional(),
  user: z.string().max(250),
  command: z.array(z.string()).min(1),
  folder: z.string(),
  host: z.string(),
  pid: count,
  params: z
    .record(z.string(), z.string())
    .optional()
    .describe('declared: a script that says otherwise is refused'),
  arguments: z
    .record(z.string(), z.string())
    .optional()
    .describe('parameters that the command line shows, until the script says otherwise'),
  tags: z.record(z.string(), z.string()).optional(),
  datasets: z
    .array(z.object({ name: z.string(), version: count, digest: z.string(), cache: z.string() }))
    .optional(),
});

/** A version that a run reads while it goes on. */
export const RunInput = z.object({
  ref: z.string().describe('NAME[@SEL]'),
  cache: z.string().optional().describe('from which it is read; absent: from the lake itself'),
});

export const RunPoint = z.object({
  key: z.string(),
  value: z.number(),
  time: z.number().int().nonnegative().max(8.64e15).describe('milliseconds since 1970'),
  step: z.number().int(),
});

/** What a runner has measured; it also says that it lives. */
export const RunLog = z.object({ metrics: z.array(RunPoint).max(1000) });

export const RunEnd = z.object({
  state: z.enum(['finished', 'failed', 'killed']),
  exitCode: z.number().int(),
});

/** What a program that records a block of itself runs with. */
export const RunSurroundings = z.object({
  python: z.string().min(1).optional().describe('its interpreter; absolute'),
  variables: z
    .object({ PATH: z.string(), PYTHONPATH: z.string() })
    .partial()
    .describe('of its environment, as far as they say which programs and packages it finds'),
});

/** What one column of pixels shows of a series; `min` and `max` are null where no point is finite. */
export const RunBucket = z.object({
  step: z.object({ from: z.number(), to: z.number() }),
  time: z.object({ from: z.number(), to: z.number() }).describe('milliseconds since 1970'),
  min: z.number().nullable(),
  max: z.number().nullable(),
  last: z.number().nullable(),
  points: count,
  gaps: count.describe('points that are NaN or infinite'),
});

export const RunChart = z.object({ points: count, buckets: z.array(RunBucket) });

/** Null where they can't be compared; `why` says so. */
export const CodeDiff = z
  .object({ patch: z.string().nullable(), why: z.string().nullable() })
  .openapi('CodeDiff');

export const RunArtifacts = z.object({
  items: z.array(z.object({ path: z.string(), bytes })),
  elsewhere: z
    .string()
    .nullable()
    .describe('where the others lie, for MLflow’s own clients only: s3://bucket/runs'),
});

export const RunOutput = z.object({
  text: z.string(),
  from: bytes.describe('where this text begins'),
  next: bytes.describe('where to go on'),
  size: bytes,
});

export const RunOutputMatches = z.object({
  matches: z.array(
    z.object({
      line: count.describe('from 0'),
      at: bytes.describe('where the line begins'),
      text: z.string().describe('its beginning, as it is shown'),
    }),
  ),
  next: bytes.describe('where to go on'),
  line: count.describe('the line that `next` is in'),
  size: bytes,
  complete: z.boolean().describe('whether all was looked through that is there until now'),
});

const Brought = z.object({
  new: count,
  updated: count,
  unchanged: count,
  refused: count.describe("those that could not be read, or are another's"),
});

export const RunImportResult = z
  .object({
    kind: z.string().describe("'MLflow folder', 'MLflow database' or 'TensorBoard folder'"),
    path: z.string(),
    dryRun: z.boolean().describe('true: nothing was written'),
    experiments: z.object({ all: count, new: count }),
    runs: Brought,
    models: Brought,
    points: count.describe('of metrics, added'),
    artifacts: z.object({
      files: count.describe('copied'),
      bytes,
      absent: count.describe('runs and models whose artifact folder is not on this machine'),
      elsewhere: count.describe('places that only their own clients can read, which were not copied'),
      elsewhereSome: z.array(z.string()),
    }),
    problems: z
      .object({ count, some: z.array(z.string()) })
      .describe('`some`: the first hundred, a sentence each'),
  })
  .openapi('RunImportResult');

/** The MLflow server that runs go to as well. */
export const Forwarding = z
  .object({
    target: z.object({ url: z.string(), since: time }).nullable().describe('null: runs stay here'),
    waiting: count.describe('ended runs that are not whole there yet'),
    running: count.describe('runs that go on, and are followed'),
    sent: count.describe('runs that are whole there'),
    error: z.string().nullable().describe('why nothing can be sent now'),
    next: time.nullable().describe('when it is tried again'),
    problems: z
      .array(z.object({ id: z.string(), name: z.string(), problem: z.string() }))
      .describe('runs of which the server refuses something, the latest 20'),
  })
  .openapi('Forwarding');

export type Forwarding = z.infer<typeof Forwarding>;
export type RunImportResult = z.infer<typeof RunImportResult>;
export type Run = z.infer<typeof Run>;
export type RunState = z.infer<typeof RunState>;
export type RunChange = z.infer<typeof RunChange>;
export type RunRequest = z.infer<typeof RunRequest>;
export type RunPoint = z.infer<typeof RunPoint>;
export type RunEnd = z.infer<typeof RunEnd>;
export type RunBucket = z.infer<typeof RunBucket>;
export type RunChart = z.infer<typeof RunChart>;
export type CodeDiff = z.infer<typeof CodeDiff>;
export type RunArtifacts = z.infer<typeof RunArtifacts>;
export type RunOutput = z.infer<typeof RunOutput>;
export type RunOutputMatches = z.infer<typeof RunOutputMatches>;
