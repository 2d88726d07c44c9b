import { z } from 'zod';
import { compareRuns } from '../../api/run/compareRuns.ts';
import { withoutSecrets } from '../../api/run/withoutSecrets.ts';
import { Run, RunChart, RunOutput } from '../../api/schemas.ts';
import { findRun } from '../../client/find/run.ts';
import { limit, run } from '../fields.ts';
import { tool } from '../tool.ts';

const list = tool({
  name: 'list_runs',
  title: 'List or search runs',
  description:
    "Runs, the latest first, with parameters, newest metrics and the versions that they read. `filter` is MLflow's " +
    "grammar: metrics.accuracy > 0.9 and params.model = 'cnn' and attributes.status = 'FINISHED'.",
  input: {
    filter: z.string().optional(),
    experiment: z.string().optional().describe('name of an experiment'),
    limit: limit(200, 25),
    cursor: z.string().optional().describe('`next` of the page before'),
  },
  output: { items: z.array(Run), next: z.string().nullable() },
  run: async ({ client }, { filter, experiment, limit, cursor }) => {
    const { items, next } = await client.runs.list({
      limit,
      ...(filter ? { filter } : {}),
      ...(experiment ? { experiment } : {}),
      ...(cursor ? { cursor } : {}),
    });
    return { items: items.map(shown), next };
  },
});

/** Where an assistant reads it, others may too. */
const shown = (run: Run): Run => ({ ...run, command: run.command && withoutSecrets(run.command) });

const get = tool({
  name: 'get_run',
  title: 'Get a run',
  description:
    'One run: state, command, parameters, the newest point of each metric, the versions that it read, tags (commit, ' +
    'environment) and its artifacts.',
  input: { run },
  output: {
    run: Run,
    artifacts: z.array(z.object({ path: z.string(), bytes: z.number() })).describe('the first 500'),
  },
  run: async ({ client }, { run: which }) => {
    const found = await findRun(client, which);
    const { items } = await client.runs.artifacts(found.id);
    return { run: shown(found), artifacts: items.slice(0, 500) };
  },
});

const history = tool({
  name: 'metric_history',
  title: "A metric's history",
  description: 'A metric of a run over its steps, in buckets with least, greatest and last value.',
  input: {
    run,
    metric: z.string().min(1).describe("the metric's name, as get_run says it"),
    most: z.number().int().min(1).max(1000).default(50).describe('buckets'),
  },
  output: RunChart.shape,
  run: async ({ client }, { run: which, metric, most }) => {
    const { id } = await findRun(client, which);
    return client.runs.chart(id, { key: metric, most });
  },
});

const output = tool({
  name: 'run_output',
  title: "A run's output",
  description: 'What a run printed, from byte `from` on; a negative number counts from its end.',
  input: { run, from: z.number().int().default(-16_384) },
  output: RunOutput.shape,
  run: async ({ client, signal }, { run: which, from }) => {
    const { id } = await findRun(client, which);
    if (from >= 0) return client.runs.output(id, from, signal);
    const { size } = await client.runs.output(id, Number.MAX_SAFE_INTEGER, signal);
    return client.runs.output(id, Math.max(0, size + from), signal);
  },
});

const compare = tool({
  name: 'compare_runs',
  title: 'Compare runs',
  description:
    'Data, code, command, parameters and metrics of several runs side by side: what differs, unless `all`.',
  input: {
    runs: z.array(run).min(2).max(20),
    all: z.boolean().default(false).describe('also what is the same in all'),
  },
  output: {
    runs: z.array(z.object({ id: z.string(), name: z.string() })),
    rows: z.array(
      z.object({
        what: z.string(),
        values: z.array(z.string().nullable()).describe('one a run, in the order of `runs`'),
        differs: z.boolean(),
      }),
    ),
  },
  run: async ({ client }, { runs: which, all }) => {
    const runs = await Promise.all(which.map((each) => findRun(client, each)));
    const rows = compareRuns(runs).filter(({ differs }) => all || differs);
    return { runs: runs.map(({ id, name }) => ({ id, name })), rows };
  },
});

export const runTools = [list, get, history, output, compare];
