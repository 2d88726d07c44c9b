import { mkdir } from 'node:fs/promises';
import { Agent } from 'node:http';
import type { Page } from 'playwright-core';
import { openLab } from '../../../jupyterlab/workplace.ts';
import type { AloneLine } from '../../report/results.ts';
import { scrolling, timed } from '../page.ts';
import type { Setting } from '../setting.ts';
import { logLongSeries } from './longSeries.ts';
import { createRun, post, type Server, trackingOf } from './mlflowCalls.ts';
import { openChart } from './runChart.ts';

/** Points of the series whose chart is opened. */
const manyPoints = 1_000_000;
const manyPointsKey = 'long_loss';
const clients = 8;
/** How soon pages of many runs and points are there, in JupyterLab in Chromium, and how smoothly they scroll. */
export const pages: Setting = {
  title: (runs) =>
    `Pages in JupyterLab: ${runs} runs, and a chart of ${manyPoints.toLocaleString('en-US')} points`,
  lake: 'folder',
  async run(machine, _, count) {
    const tracking = await trackingOf(machine);
    await fill(tracking, count);
    await mkdir(machine.home.path('work'));
    const { server, browser, lab } = await openLab(machine.home);
    try {
      await lab.openPanel();
      await lab.panel.getByRole('button', { name: 'Open runs' }).waitFor();
      const lines = [await firstTable(lab.page), await wholeTable(lab.page, count)];
      lines.push(await scrolling(lab.page, grid), await sorting(lab.page), await chart(lab.page, count));
      return lines;
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

/** `count` runs with ten metrics and eight parameters each, the last of which has the many points. */
async function fill(server: Server, count: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  let next = 0;
  const work = async () => {
    for (let nth = next++; nth < count; nth = next++) await addRun(server, agent, nth);
  };
  await Promise.all(Array.from({ length: clients }, work));
  const run_id = await addRun(server, agent, count);
  await logLongSeries(server, agent, run_id, { key: manyPointsKey, count: manyPoints });
  agent.destroy();
}

async function addRun(server: Server, agent: Agent, nth: number): Promise<string> {
  const run_id = await createRun(server, agent, `run ${nth}`, 1_700_000_000_000 + nth * 60_000);
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

async function chart(page: Page, count: number): Promise<AloneLine> {
  return {
    title: `a run opened, its chart of ${manyPoints.toLocaleString('en-US')} points painted`,
    value: await openChart(page, `run ${count}`, manyPointsKey),
    unit: 'seconds',
    most: 0.2,
  };
}
