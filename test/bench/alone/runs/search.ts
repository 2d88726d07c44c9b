import { Agent } from 'node:http';
import { join } from 'node:path';
import type { AloneLine } from '../../report/results.ts';
import { median } from '../../report/statistics.ts';
import type { Setting } from '../setting.ts';
import { post, type Server, trackingOf } from './mlflowCalls.ts';
import { writeRuns } from './mlflowRuns.ts';
import { startMlflow } from './mlflowServer.ts';

/** How often each is asked of ours; of MLflow's server, which takes longer, a quarter of that. */
const rounds = 20;

const searches: { title: string; most: number | null; body: { filter?: string; order_by: string[] } }[] = [
  {
    title: 'filter on a parameter and a metric, ordered by a metric',
    most: 0.1,
    body: { filter: "params.param1 = '3' and metrics.metric0 > 0.5", order_by: ['metrics.metric1 DESC'] },
  },
  {
    title: 'filter on a metric that half of them meet, ordered by another',
    most: 0.1,
    body: { filter: 'metrics.metric2 > 0', order_by: ['metrics.metric3 ASC'] },
  },
  { title: 'all of them, ordered by a metric', most: 0.1, body: { order_by: ['metrics.metric4 DESC'] } },
];

/** Search over many runs, beside MLflow's own server on the very same runs, which were imported from its database. */
export const search: Setting = {
  title: (runs) => `Search over ${runs} runs, the first 100 found, beside MLflow's own server on SQLite`,
  lake: 'folder',
  async run(machine, work, count) {
    const peer = await startMlflow(work);
    const lines: AloneLine[] = [];
    const agent = new Agent({ keepAlive: true });
    try {
      const database = join(work, 'mlflow.db');
      writeRuns(database, count);
      await machine.home.json('runs', 'import', database);
      const own = await trackingOf(machine);
      for (const { title, most, body } of searches) {
        const ours = await timeSearch(own, agent, body, rounds);
        const theirs = await timeSearch(peer.server, agent, body, rounds / 4);
        if (ours.found.join() !== theirs.found.join()) throw new Error(`${title}: other runs were found.`);
        lines.push(
          { title, value: ours.seconds, unit: 'seconds', most },
          { title: `${title}: MLflow's server`, value: theirs.seconds, unit: 'seconds', most: null },
          {
            title: `${title}: how many times its time`,
            value: ours.seconds / theirs.seconds,
            unit: 'times',
            most: null,
          },
        );
      }
    } finally {
      agent.destroy();
      await peer.stop();
    }
    return lines;
  },
};

/** The median; the first time, when nothing was read yet, counts too. */
async function timeSearch(server: Server, agent: Agent, body: object, times: number) {
  const seconds: number[] = [];
  let found: string[] = [];
  for (let nth = 0; nth < times; nth++) {
    const begun = performance.now();
    const { runs = [] } = await post<{ runs?: { info: { run_id: string } }[] }>(
      server,
      agent,
      'runs/search',
      {
        ...{ experiment_ids: ['0'], max_results: 100, ...body },
      },
    );
    seconds.push((performance.now() - begun) / 1000);
    found = runs.map(({ info }) => info.run_id);
  }
  if (found.length === 0) throw new Error('Nothing was found.');
  return { seconds: median(seconds), found };
}
