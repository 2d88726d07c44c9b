import { mkdir } from 'node:fs/promises';
import { Agent } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, Frame, Page } from 'playwright-core';
import { Lab } from '../../../jupyterlab/lab.ts';
import { openLab } from '../../../jupyterlab/workplace.ts';
import type { Home } from '../../../support/home.ts';
import { openEditor } from '../../../vscode/editor.ts';
import { openPage } from '../../../vscode/page.ts';
import { Workbench } from '../../../vscode/workbench.ts';
import type { AloneLine } from '../../report/results.ts';
import { median } from '../../report/statistics.ts';
import type { Setting } from '../setting.ts';
import { createRun, post, type Server, trackingOf } from './mlflowCalls.ts';

const key = 'live';
/** Milliseconds between two points: what the one before did has come to rest. */
const pause = 300;

/** From the request that logs a point to the frame in which the last of two windows shows its value. */
export const live: Setting = {
  title: (points) => `A point logged, until it is painted in both of two windows, ${points} times`,
  lake: 'folder',
  async run(machine, _, count) {
    const server = await trackingOf(machine);
    await mkdir(machine.home.path('work'));
    const run = new LiveRun(server);
    try {
      await run.begin();
      const lines = [
        ...linesOf('JupyterLab', await inJupyterLab(machine.home, run, count)),
        ...linesOf('VS Code', await inVsCode(machine.home, run, count)),
      ];
      return lines;
    } finally {
      run.close();
    }
  },
};

const linesOf = (editor: string, seconds: readonly number[]): AloneLine[] => [
  { title: `${editor}, median`, value: median(seconds), unit: 'seconds', most: 0.5 },
  { title: `${editor}, the longest`, value: Math.max(...seconds), unit: 'seconds', most: 0.5 },
];

/** A run that gets one point after the other, each with a value of its own. */
class LiveRun {
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });
  #step = 0;
  id = '';

  constructor(server: Server) {
    this.#server = server;
  }

  async begin(): Promise<void> {
    this.id = await createRun(this.#server, this.#agent, 'live');
    await this.log();
  }

  get value(): string {
    return `${this.#step}.5`;
  }

  /** What the next point will show. */
  get next(): string {
    return `${this.#step + 1}.5`;
  }

  async log(): Promise<void> {
    const step = ++this.#step;
    const point = { key, value: step + 0.5, timestamp: Date.now(), step };
    await post(this.#server, this.#agent, 'runs/log-metric', { run_id: this.id, ...point });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Seconds of each of `count` points. */
async function timePoints(frames: readonly Frame[], run: LiveRun, count: number): Promise<number[]> {
  await Promise.all(frames.map((frame) => painted(frame, run.value)));
  const seconds: number[] = [];
  for (let nth = 0; nth < count; nth++) {
    const shown = Promise.all(frames.map((frame) => painted(frame, run.next)));
    await delay(pause);
    const logged = performance.timeOrigin + performance.now();
    await run.log();
    seconds.push((Math.max(...(await shown)) - logged) / 1000);
  }
  return seconds;
}

const readout = `document.querySelector('.fb-chart[aria-label=${key}] .fb-readout b')?.textContent`;

/** When a page has painted the chart with this value: milliseconds since 1970. */
const painted = (frame: Frame, value: string): Promise<number> =>
  frame.evaluate<number>(`new Promise((resolve) => {
    const look = () => requestAnimationFrame(() => {
      if (${readout} !== '${value}') return look();
      requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now()));
    });
    look();
  })`);

/** A window of its own: what lies behind another one isn't painted. */
const newWindow = async (browser: Browser): Promise<Page> =>
  (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();

async function inJupyterLab(home: Home, run: LiveRun, count: number): Promise<number[]> {
  const { server, browser, lab } = await openLab(home);
  try {
    const other = new Lab(await newWindow(browser));
    await other.open(server.url);
    for (const each of [lab, other]) {
      await each.openPanel();
      await each.panel.locator('.fb-run-open', { hasText: 'live' }).click();
    }
    return await timePoints([lab.page.mainFrame(), other.page.mainFrame()], run, count);
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function inVsCode(home: Home, run: LiveRun, count: number): Promise<number[]> {
  const { server, browser, workbench } = await openEditor(home);
  try {
    const other = new Workbench(await newWindow(browser));
    await other.open(server.url);
    const frames: Frame[] = [];
    for (const each of [workbench, other]) {
      await openPage(each, `run?id=${run.id}`);
      frames.push(await frameWith(each.page, readout));
    }
    return await timePoints(frames, run, count);
  } finally {
    await browser.close();
    await server.stop();
  }
}

/** The frame of a page where an expression is something. */
async function frameWith(page: Page, expression: string): Promise<Frame> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(100)) {
    for (const frame of page.frames()) {
      if (await frame.evaluate(`Boolean(${expression})`).catch(() => false)) return frame;
    }
  }
  throw new Error('No frame shows the run.');
}
