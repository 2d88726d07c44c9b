import { mkdir } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { createDataset } from '../../../core/src/dataset/catalog.ts';
import { datasetLog } from '../../../core/src/dataset/log/kinds.ts';
import { appendRecord } from '../../../core/src/dataset/log/log.ts';
import { keyOf, randomName } from '../../../core/src/dataset/names.ts';
import type { Lake } from '../../../core/src/lake/lake.ts';
import { openLake } from '../../../core/src/lake/open.ts';
import { openLab } from '../../jupyterlab/workplace.ts';
import type { AloneLine } from '../report/results.ts';
import { scrolling, timed } from './page.ts';
import type { Setting } from './setting.ts';

/** How soon the table of many datasets is there, in JupyterLab in Chromium, and how smoothly it scrolls. */
export const datasets: Setting = {
  title: (count) => `Pages in JupyterLab: ${count} datasets`,
  lake: 'folder',
  async run(machine, _, count) {
    const lake = openLake({ url: machine.home.path('lake') });
    await addDatasets(lake, count);
    lake.close();
    await mkdir(machine.home.path('work'));
    const { server, browser, lab } = await openLab(machine.home);
    try {
      await lab.openPanel();
      await lab.panel.getByRole('button', { name: 'Open all datasets' }).waitFor();
      const lines = [await firstTable(lab.page), await wholeTable(lab.page, count)];
      lines.push(await again(lab.page), await sorting(lab.page), await searching(lab.page));
      return [...lines, await scrolling(lab.page, grid)];
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

/** The catalogue takes one after the other. */
async function addDatasets(lake: Lake, count: number): Promise<void> {
  let commits: Promise<unknown>[] = [];
  for (let nth = 0; nth < count; nth++) {
    commits.push(addVersion(lake, nth, await addDataset(lake, nth)));
    if (commits.length < 64) continue;
    await Promise.all(commits);
    commits = [];
  }
  await Promise.all(commits);
}

async function addDataset(lake: Lake, nth: number): Promise<string> {
  const name = `scans-${String(nth).padStart(5, '0')}`;
  const described = { name, description: `delivery ${nth}`, author: authorOf(nth) };
  return (await createDataset(lake, described)).id;
}

const authorOf = (nth: number) => ['ana', 'ben', 'chris'][nth % 3] ?? '';

/** Of which only the log is there: the table reads no more. */
async function addVersion(lake: Lake, nth: number, id: string): Promise<void> {
  const author = authorOf(nth);
  const time = new Date(Date.UTC(2026, 0, 1) + nth * 60_000).toISOString();
  await appendRecord(lake, keyOf.log(id), datasetLog, () => ({
    ...{
      kind: 'commit' as const,
      id: randomName(),
      time,
      author,
      version: 1,
      digest: `sha256:${'0'.repeat(64)}`,
    },
    ...{ root: randomName(), changes: null, parents: [], message: 'as delivered', files: 1000 + nth },
    ...{ bytes: 1e6 * nth, added: 1000 + nth, changed: 0, removed: 0 },
  }));
}

const page = '.fb-root:not(.lm-mod-hidden)';
const grid = `document.querySelector('${page} .fb-grid')`;
const open = `document.querySelector('#forebay-panel button[title="Open all datasets"]')`;
const rows = `document.querySelectorAll('${page} .fb-grid-body > .fb-grid-row').length`;
const counted = `document.querySelector('${page} .fb-toolbar .fb-number')?.textContent`;
const firstName = `document.querySelector('${page} .fb-open')?.textContent`;

async function firstTable(window: Page): Promise<AloneLine> {
  const value = await timed(window, open, `${rows} > 20`);
  return { title: 'first paint of the table, the hub new', value, unit: 'seconds', most: null };
}

async function wholeTable(window: Page, count: number): Promise<AloneLine> {
  const begun = performance.now();
  const all = JSON.stringify(`${count.toLocaleString('en-US')} datasets`);
  await window.waitForFunction(`${counted} === ${all}`, undefined, { polling: 50, timeout: 120_000 });
  const value = (performance.now() - begun) / 1000;
  return { title: 'until all of them are there, read from the lake', value, unit: 'seconds', most: null };
}

/** What the hub has seen before. */
async function again(window: Page): Promise<AloneLine> {
  await window.locator('.lm-TabBar-tab', { hasText: 'Datasets' }).locator('.lm-TabBar-tabCloseIcon').click();
  const value = await timed(window, open, `${rows} > 20`);
  await window.waitForFunction(`!${counted}.includes('so far')`);
  return { title: 'first paint of the table', value, unit: 'seconds', most: 0.2 };
}

async function sorting(window: Page): Promise<AloneLine> {
  await window.evaluate(`window.firstBefore = ${firstName}`);
  const head = `[...document.querySelectorAll('${page} [role=columnheader] button')].find((each) => each.textContent === 'Name')`;
  const value = await timed(window, head, `${rows} > 20 && ${firstName} !== window.firstBefore`);
  return { title: 'sorted by name', value, unit: 'seconds', most: 0.2 };
}

async function searching(window: Page): Promise<AloneLine> {
  const type = `{ click() {
    const box = document.querySelector('${page} .fb-search input');
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(box, 'delivery 77 ben');
    box.dispatchEvent(new Event('input', { bubbles: true }));
  } }`;
  const value = await timed(window, type, `${counted}.includes(' of ')`);
  await window.locator(`${page} .fb-search input`).fill('');
  await window.waitForFunction(`!${counted}.includes(' of ')`);
  return { title: 'found by three words', value, unit: 'seconds', most: 0.2 };
}
