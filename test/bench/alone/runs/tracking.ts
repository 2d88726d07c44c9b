import { Agent } from 'node:http';
import type { AloneLine } from '../../report/results.ts';
import type { Setting } from '../setting.ts';
import { batchSize } from './longSeries.ts';
import { ask, createRun, post, type Server, trackingOf } from './mlflowCalls.ts';
import { startMlflow } from './mlflowServer.ts';

/** Keys in a batch: what a training script logs at a step, some steps at once. */
const keys = 20;

/** What logging costs, beside MLflow's own server on SQLite, which gets the very same requests. */
export const tracking: Setting = {
  title: (calls) => `Logging as MLflow's clients do, ${calls} calls, beside MLflow's own server on SQLite`,
  lake: 'folder',
  async run(machine, work, calls) {
    const own = await trackingOf(machine);
    const peer = await startMlflow(work);
    const lines: AloneLine[] = [];
    try {
      for (const clients of [1, 8, 64]) {
        for (const [title, body, most] of [
          [`log-batch of ${batchSize} metrics`, batch, Math.max(clients, Math.round(calls / 10))],
          ['log-metric', single, calls],
        ] as const) {
          const count = most - (most % clients);
          // In turn, so that both have the machine as it is.
          const ours = await timeCalls(own, body, clients, count);
          const theirs = await timeCalls(peer.server, body, clients, count);
          const what = `${title}, ${clients} ${clients === 1 ? 'client' : 'clients'}`;
          lines.push(
            { title: `${what}: a call`, value: ours / count, unit: 'seconds', most: null },
            {
              title: `${what}: a call of MLflow's server`,
              value: theirs / count,
              unit: 'seconds',
              most: null,
            },
            { title: `${what}: how many times its time`, value: ours / theirs, unit: 'times', most: 0.1 },
          );
        }
      }
    } finally {
      await peer.stop();
    }
    return lines;
  },
};

type Body = (runId: string, at: number) => [path: string, body: object];

const single: Body = (run_id, at) => [
  'runs/log-metric',
  { run_id, key: 'loss', value: 1 / (at + 1), timestamp: 1_700_000_000_000 + at, step: at },
];

const batch: Body = (run_id, at) => {
  const metrics = Array.from({ length: batchSize }, (_, nth) => ({
    key: `metric${nth % keys}`,
    value: Math.sin(at * batchSize + nth),
    timestamp: 1_700_000_000_000 + at,
    step: at * (batchSize / keys) + Math.floor(nth / keys),
  }));
  return ['runs/log-batch', { run_id, metrics, params: [], tags: [] }];
};

/** Seconds for `calls` calls, by clients that each wait for their answer; afterwards every point must be there. */
async function timeCalls(server: Server, body: Body, clients: number, calls: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const runs: string[] = [];
  // One by one: MLflow's server gives up on many at once.
  while (runs.length < clients) runs.push(await createRun(server, agent, 'timed'));
  const each = calls / clients;
  const prepared = runs.map((run) => Array.from({ length: each }, (_, at) => body(run, at)));
  const begun = performance.now();
  await Promise.all(
    prepared.map(async (all) => {
      for (const [path, value] of all) await post(server, agent, path, value);
    }),
  );
  const seconds = (performance.now() - begun) / 1000;
  for (const run of runs) await checkPoints(server, agent, run, body === single ? 'loss' : 'metric0', each);
  agent.destroy();
  return seconds;
}

async function checkPoints(server: Server, agent: Agent, run: string, key: string, calls: number) {
  const { metrics } = await ask<{ metrics: { step: number }[] }>(
    server,
    agent,
    'GET',
    `metrics/get-history?run_id=${run}&metric_key=${key}`,
  );
  const expected = key === 'loss' ? calls : calls * (batchSize / keys);
  const steps = new Set(metrics.map(({ step }) => step));
  if (metrics.length !== expected || steps.size !== expected) {
    throw new Error(`${server.url} keeps ${metrics.length} points of ${key}, not ${expected}.`);
  }
}
