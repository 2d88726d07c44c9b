import { mkdir } from 'node:fs/promises';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { openLab } from '../../jupyterlab/workplace.ts';
import type { ForebayMachine } from '../peers/forebay/machine.ts';
import type { AloneLine } from '../report/results.ts';
import type { Setting } from './alone.ts';
import { post, type Server } from './mlflowCalls.ts';
import { scrolling, timed } from './page.ts';

/** Points of the series whose chart is opened. */
const manyPoints = 1_000_000;
/** As many as MLflow lets through at once. */
const batchSize = 1000;
const clients = 8;
/** How soon pages of many runs and points are there, in JupyterLab in Chromium, and how smoothly they scroll. */
export const pages: Setting = {
  title: (runs) =>
    `Pages in JupyterLab: ${runs} runs, and a chart of ${manyPoints.toLocaleString('en-US')} points`,
  lake: 'folder',
  async run(machine, _, count) {
    const tracking = await serverOf(machine);
    await fill(tracking, count);
    await mkdir(machine.home.path('work'));
    const { server, browser, lab } = await openLab(machine.home);
    try {
      await lab.openPanel();
      await lab.panel.getByRole('button', { name: 'Open runs' }).waitFor();
      const lines = [await firstTable(lab.page), await wholeTable(lab.page, count)];
      lines.push(await scrolling(lab.page, grid), await sorting(lab.page), await chart(lab.page, count));
      return [...lines, await live(lab.page, tracking)];
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

async function serverOf({ home }: ForebayMachine): Promise<Server> {
  const variables = await home.json<NodeJS.ProcessEnv>('env');
  return {
    url: variables.MLFLOW_TRACKING_URI ?? '',
    headers: { authorization: `Bearer ${variables.MLFLOW_TRACKING_TOKEN}` },
  };
}

/** `count` runs with ten metrics and eight parameters each, the last of which has the many points. */
async function fill(server: Server, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let next = 0;
  const work = async () => {
    for (let nth = next++; nth < count; nth = next++) await addRun(server, agent, nth);
  };
  await Promise.all(Array.from({ length: clients }, work));
  const run_id = await addRun(server, agent, count);
  for (let at = 0; at < manyPoints; at += batchSize) {
    const metrics = Array.from({ length: batchSize }, (_, nth) => ({
      key: 'long_loss',
      value: Math.exp(-(at + nth) / 2e5) + Math.sin((at + nth) / 50) / 20,
      timestamp: 1_700_000_000_000 + at + nth,
      step: at + nth,
    }));
    await post(server, agent, 'runs/log-batch', { run_id, metrics });
  }
  agent.destroy();
}

async function addRun(server: Server, agent: Agent, nth: number): Promise<string> {
  const { run } = await post<{ run: { info: { run_id: string } } }>(server, agent, 'runs/create', {
    ...{ experiment_id: '0', start_time: 1_700_000_000_000 + nth * 60_000, run_name: `run ${nth}` },
  });
  const run_id = run.info.run_id;
  const [metrics, params] = [10, 8].map((length) => Array.from({ length }, (_, index) => index));
  await post(server, agent, 'runs/log-batch', {
    run_id,
    metrics: metrics?.map((index) => ({
      ...{ key: `metric${index}`, value: Math.sin(nth + index), timestamp: 1_700_000_000_000, step: 1 },
    })),
    params: params?.map((index) => ({ key: `param${index}`, value: String((nth * (index + 3)) % 17) })),
  });
  await post(server, agent, 'runs/update', {
    run_id,
    status: 'FINISHED',
    end_time: 1_700_000_060_000 + nth * 60_000,
  });
  return run_id;
}

const grid = `document.querySelector('.fb-root:not(.lm-mod-hidden) .fb-grid')`;
const counted = `document.querySelector('.fb-root:not(.lm-mod-hidden) .fb-selection .fb-number')`;

async function firstTable(page: Page): Promise<AloneLine> {
  const value = await timed(
    page,
    `document.querySelector('#forebay-panel button[title="Open runs"]')`,
    `document.querySelectorAll('.fb-grid-row').length > 20`,
  );
  return { title: 'first paint of the table of runs', value, unit: 'seconds', most: 0.2 };
}

/** From the press that opened it; what is read after the first page comes behind what is seen. */
async function wholeTable(page: Page, count: number): Promise<AloneLine> {
  const begun = performance.now();
  const all = `${(count + 1).toLocaleString('en-US')} runs`;
  await page.waitForFunction(`${counted}?.textContent === ${JSON.stringify(all)}`, undefined, {
    polling: 50,
  });
  const value = (performance.now() - begun) / 1000;
  return { title: 'until all of them are there', value, unit: 'seconds', most: null };
}

async function sorting(page: Page): Promise<AloneLine> {
  const first = `document.querySelector('.fb-grid-row:not(.fb-grid-head) .fb-cell-name')?.textContent`;
  await page.evaluate(`${grid}.scrollTop = 0; window.firstRun = ${first}`);
  const head = `[...document.querySelectorAll('[role=columnheader] button')].find((each) => each.title.startsWith('metric1'))`;
  const value = await timed(page, head, `${first} !== window.firstRun`);
  return { title: 'sorted by another metric', value, unit: 'seconds', most: 0.2 };
}

/** From the press on the run's name to its chart with all that stands for the points. */
async function chart(page: Page, count: number): Promise<AloneLine> {
  await page.evaluate(
    `[...document.querySelectorAll('[role=columnheader] button')].find((each) => each.title.startsWith('Started')).click()`,
  );
  // The newest run, which has them, comes first.
  const link = `document.querySelector('.fb-grid-row .fb-text-button')`;
  await page.waitForFunction(`(${link})?.textContent === 'run ${count}'`);
  const long = `document.querySelector('.fb-chart[aria-label=long_loss]')`;
  const value = await timed(
    page,
    link,
    `${long}?.querySelector('canvas') && ${long}.querySelector('.fb-readout b')`,
  );
  return {
    title: `a run opened, its chart of ${manyPoints.toLocaleString('en-US')} points painted`,
    value,
    unit: 'seconds',
    most: 0.2,
  };
}

/** How often a point is logged and waited for; the median counts. */
const points = 15;

/** From the request that logs a point to the frame in which the run's page shows its value. */
async function live(page: Page, server: Server): Promise<AloneLine> {
  const agent = new Agent({ keepAlive: true });
  const { run } = await post<{ run: { info: { run_id: string } } }>(server, agent, 'runs/create', {
    ...{ experiment_id: '0', start_time: Date.now(), run_name: 'live' },
  });
  const log = (step: number) =>
    post(server, agent, 'runs/log-metric', {
      ...{ run_id: run.info.run_id, key: 'live', value: step + 0.5, timestamp: Date.now(), step },
    });
  await log(0);
  await page.locator('#forebay-panel .fb-run-open', { hasText: 'live' }).click();
  const readout = `document.querySelector('.fb-chart[aria-label=live] .fb-readout b')?.textContent`;
  await page.waitForFunction(`${readout} === '0.5'`);
  const times: number[] = [];
  for (let step = 1; step <= points; step++) {
    const painted = page.evaluate<number>(`new Promise((resolve) => {
      const look = () => requestAnimationFrame(() => {
        if (${readout} !== '${step}.5') return look();
        requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
      });
      look();
    })`);
    await delay(300);
    const logged = performance.timeOrigin + performance.now();
    await log(step);
    times.push(((await painted) - logged) / 1000);
  }
  agent.destroy();
  const value = times.sort((a, b) => a - b)[Math.floor(points / 2)] ?? Number.NaN;
  return { title: 'a point logged, until it is painted', value, unit: 'seconds', most: 0.5 };
}
