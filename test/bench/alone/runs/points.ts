import { mkdir, readdir, stat } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { openLab } from '../../../jupyterlab/workplace.ts';
import { peakOf, resetPeak } from '../../measure/memory.ts';
import type { ForebayMachine } from '../../peers/forebay/machine.ts';
import type { AloneLine } from '../../report/results.ts';
import { median } from '../../report/statistics.ts';
import type { Setting } from '../setting.ts';
import { batchSize, type Logged, logLongSeries } from './longSeries.ts';
import { createRun, trackingOf } from './mlflowCalls.ts';
import { openChart } from './runChart.ts';

const key = 'long_loss';
/** As the pages ask for it. */
const buckets = 800;
const rounds = 11;

/** One series so long that nobody would look at its points: what it takes to log it, to keep it and to see it. */
export const points: Setting = {
  title: (count) => `One run with a series of ${count} points`,
  lake: 'folder',
  async run(machine, _, count) {
    const server = await trackingOf(machine);
    const agent = new Agent({ keepAlive: true });
    const id = await createRun(server, agent, 'long');
    resetPeak(machine.pid);
    const begun = performance.now();
    const logged = await logLongSeries(server, agent, id, { key, count });
    const seconds = (performance.now() - begun) / 1000;
    agent.destroy();
    const lines: AloneLine[] = [
      { title: 'logged by one client', value: seconds, unit: 'seconds', most: null },
      {
        title: `a batch of ${batchSize}`,
        value: seconds / Math.ceil(count / batchSize),
        unit: 'seconds',
        most: null,
      },
      { title: 'on disk', value: await onDisk(machine), unit: 'bytes', most: null },
      { title: 'memory of the daemon, logging', value: peakOf(machine.pid), unit: 'bytes', most: 512e6 },
    ];
    await check(machine, id, logged, count);
    resetPeak(machine.pid);
    const part = { from: Math.floor(count * 0.4), to: Math.floor(count * 0.5) };
    lines.push(
      {
        title: 'its chart, a request to the daemon',
        value: await timeChart(machine, id),
        unit: 'seconds',
        most: 0.05,
      },
      {
        title: 'the chart of a tenth of it',
        value: await timeChart(machine, id, part),
        unit: 'seconds',
        most: 0.05,
      },
      { title: 'memory of the daemon, charts', value: peakOf(machine.pid), unit: 'bytes', most: 512e6 },
    );
    return [...lines, await inJupyterLab(machine)];
  },
};

async function onDisk({ home }: ForebayMachine): Promise<number> {
  const files = (await readdir(home.state)).filter((name) => name.startsWith('runs.db'));
  const sizes = await Promise.all(files.map(async (name) => (await stat(join(home.state, name))).size));
  return sizes.reduce((sum, each) => sum + each, 0);
}

/** Count, extremes and the last value are as they were logged. */
async function check({ client }: ForebayMachine, id: string, logged: Logged, count: number): Promise<void> {
  const chart = await client.runs.chart(id, { key, most: buckets });
  const { metrics } = await client.runs.get(id);
  const seen = {
    points: chart.buckets.reduce((sum, each) => sum + each.points, 0),
    min: Math.min(...chart.buckets.map(({ min }) => min ?? Infinity)),
    max: Math.max(...chart.buckets.map(({ max }) => max ?? -Infinity)),
    last: chart.buckets.at(-1)?.last,
    newest: metrics[key]?.value,
  };
  const expected = { points: count, ...logged, newest: logged.last };
  for (const [what, value] of Object.entries(expected)) {
    const found = seen[what as keyof typeof seen];
    if (found !== value) throw new Error(`The chart shows ${found} as ${what}, not ${value}.`);
  }
}

async function timeChart({ client }: ForebayMachine, id: string, part = {}): Promise<number> {
  const seconds: number[] = [];
  for (let nth = 0; nth < rounds; nth++) {
    const begun = performance.now();
    await client.runs.chart(id, { key, most: buckets, ...part });
    seconds.push((performance.now() - begun) / 1000);
  }
  return median(seconds);
}

async function inJupyterLab({ home }: ForebayMachine): Promise<AloneLine> {
  await mkdir(home.path('work'));
  const { server, browser, lab } = await openLab(home);
  try {
    await lab.openPanel();
    await lab.panel.getByRole('button', { name: 'Open runs' }).click();
    const value = await openChart(lab.page, 'long', key);
    return { title: 'the run opened in JupyterLab, its chart painted', value, unit: 'seconds', most: 0.2 };
  } finally {
    await browser.close();
    await server.stop();
  }
}
