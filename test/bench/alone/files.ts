import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openLab } from '../../jupyterlab/workplace.ts';
import { peakOf, resetPeak, residentOf } from '../measure/memory.ts';
import type { AloneLine } from '../report/results.ts';
import { atPart, frameTimes, smooth, timed, timedAct, wheel } from './page.ts';
import type { Setting } from './setting.ts';

/** Pixels a frame, as a fast wheel goes and as a thumb is dragged. */
const steps = { wheel, drag: 9000 } as const;
const filesMost = { together: 500 };

/** How soon a folder of many files is there, in JupyterLab in Chromium, and how smoothly it scrolls. */
export const files: Setting = {
  title: (count) => `A folder of ${count} files in JupyterLab, and its statistics`,
  lake: 'folder',
  async run(machine, work, count) {
    await fill(work, count);
    await machine.home.run('-C', work, 'data', 'init', 'many');
    await machine.home.json('-C', work, 'data', 'sync');
    await mkdir(machine.home.path('work'));
    await resetPeak(machine.pid);
    const before = await residentOf(machine.pid);
    const lines: AloneLine[] = [];
    // Before anybody looked at a file.
    lines.push(await statistics(machine.client, count));
    const { server, browser, lab } = await openLab(machine.home);
    try {
      await open(lab.page, 'tab=versions');
      await lab.page.locator('.fb-dataset-header').waitFor();
      lines.push(...(await firstPaint(lab.page)));
      for (const how of ['wheel', 'drag'] as const) lines.push(...(await scrolling(lab.page, how)));
      lines.push(await jump(lab.page), await sorting(lab.page), await searching(lab.page));
      lines.push(
        line('memory of the page, its scripts', await heapOf(lab.page), 'bytes', null),
        line('memory of the daemon, more than before', (await peakOf(machine.pid)) - before, 'bytes', null),
      );
      return lines;
    } finally {
      await browser.close();
      await server.stop();
    }
  },
};

const line = (title: string, value: number, unit: AloneLine['unit'], most: number | null): AloneLine => ({
  ...{ title, value, unit, most },
});

/** Small files of different sizes in one folder. */
async function fill(folder: string, count: number): Promise<void> {
  await mkdir(join(folder, 'images'));
  for (let at = 0; at < count; at += filesMost.together) {
    const some = Array.from({ length: Math.min(filesMost.together, count - at) }, (_, nth) => at + nth);
    await Promise.all(
      some.map((nth) => {
        const name = `${String(nth).padStart(8, '0')}_${String(nth % 17).padStart(3, '0')}.png`;
        return writeFile(join(folder, 'images', name), Buffer.alloc(20 + (nth % 90), nth % 251));
      }),
    );
  }
}

async function statistics(
  client: { versions: { statistics(name: string, version: string): Promise<{ complete: boolean }> } },
  count: number,
): Promise<AloneLine> {
  const begun = performance.now();
  while (!(await client.versions.statistics('many', 'v1')).complete);
  const value = (performance.now() - begun) / 1000;
  return line(`statistics of ${count.toLocaleString('en-US')} files, the first time`, value, 'seconds', 5);
}

async function open(page: Page, more: string): Promise<void> {
  const address = new URL(page.url());
  address.searchParams.set('forebay', `dataset?dataset=many&${more}`);
  await page.goto(address.href);
  await page.locator('#jupyterlab-splash').waitFor({ state: 'detached', timeout: 60_000 });
}

const list = `document.querySelector('.fb-file-list')`;
const rows = `[...document.querySelectorAll('.fb-file-row')].filter((row) => row.textContent.includes('.png'))`;

async function firstPaint(page: Page): Promise<AloneLine[]> {
  const press = `[...document.querySelectorAll('.fb-tabs [role=tab]')].find((tab) => tab.textContent === 'Files')`;
  const top = await timed(page, press, `document.querySelectorAll('.fb-file-row').length > 0`);
  const enter = `document.querySelector('.fb-file-row').dispatchEvent(new MouseEvent('dblclick', { bubbles: true }))`;
  const folder = await timedAct(page, enter, `${rows}.length > 10`);
  return [
    line('first paint of the files of the top', top, 'seconds', 0.2),
    line('first paint of the folder with all of them', folder, 'seconds', 0.2),
  ];
}

async function scrolling(page: Page, how: keyof typeof steps): Promise<AloneLine[]> {
  const times = await frameTimes(page, list, steps[how]);
  const what = how === 'wheel' ? '300 rows a second' : 'from end to end in 4 seconds';
  return [
    line(`a frame while it is scrolled, ${what}: median`, atPart(times, 0.5), 'seconds', smooth),
    line(
      `a frame while it is scrolled, ${what}: 95 of 100 take at most`,
      atPart(times, 0.95),
      'seconds',
      smooth,
    ),
  ];
}

async function jump(page: Page): Promise<AloneLine> {
  const there = `${rows}.some((row) => row.textContent.includes('00050'))`;
  const value = await timedAct(page, `${list}.scrollTop = ${list}.scrollHeight / 2`, there);
  return line('a jump to the middle, until its rows are painted', value, 'seconds', 0.2);
}

async function sorting(page: Page): Promise<AloneLine> {
  const press = `document.querySelector('.fb-file-head button[title="Sort by Size"]')`;
  const value = await timed(page, press, `${rows}[0]?.textContent.includes('109 B')`);
  return line('sorted by size', value, 'seconds', 0.3);
}

async function searching(page: Page): Promise<AloneLine> {
  const box = page.locator('.fb-files-bar input');
  await box.fill('zzz');
  await page.getByText('Nothing found').waitFor();
  const begun = performance.now();
  await box.fill('7777');
  await page.locator('.fb-files-count', { hasText: 'found' }).waitFor();
  await page.locator('.fb-file-row', { hasText: '7777' }).first().waitFor();
  return line(
    'a search among all names, with 150 ms of waiting for the next letter',
    (performance.now() - begun) / 1000,
    'seconds',
    0.5,
  );
}

async function heapOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize;
}
