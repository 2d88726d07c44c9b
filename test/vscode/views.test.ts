import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { Editor } from './editor.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor;
let bench: Workbench;

beforeAll(async () => {
  editor = await Editor.open({ network: true });
  bench = editor.workbench;
  await bench.openSideBar('Forebay');
});
afterAll(() => editor?.close());
keepFailures((name) => bench?.photograph(name));

const longName = 'retina-scans-of-all-hospitals-resized-to-512-cleaned-by-hand';
const dataset = (text: string | RegExp) => bench.row('Datasets', text);
const cached = (text: string | RegExp) => bench.row('Caches', text);
const overview = (text: string | RegExp) => bench.row('Overview', text);
const forebay = (...args: string[]) => editor.home.json(...args);
const work = (...parts: string[]) => editor.home.path('work', ...parts);

async function sync(folder: string, name: string): Promise<void> {
  await forebay('-C', folder, 'data', 'init', name);
  await forebay('-C', folder, 'data', 'sync');
}

/** Selects rows as a person does, with the Control key. */
async function select(...rows: Locator[]): Promise<void> {
  const isSelected = async (row: Locator) => (await row.getAttribute('aria-selected')) === 'true';
  // A row that is drawn anew meanwhile has lost it: a person sees that, and selects again.
  await expect
    .poll(async () => {
      for (const [at, row] of rows.entries()) {
        await row.locator('.monaco-icon-label').click(at === 0 ? {} : { modifiers: ['Control'] });
      }
      return (await Promise.all(rows.map(isSelected))).every(Boolean);
    })
    .toBe(true);
}

/** A file would open where it is dropped; Shift, pressed on the way as the editor says, puts it into the text. */
async function dragInto(row: Locator, line: Locator): Promise<void> {
  const { mouse, keyboard } = bench.page;
  const to = await line.boundingBox();
  if (!to) throw new Error('The line is not on screen.');
  await row.hover();
  await mouse.down();
  await mouse.move(to.x + 40, to.y + 40, { steps: 8 });
  await keyboard.down('Shift');
  await mouse.move(to.x + 20, to.y + 8, { steps: 8 });
  await mouse.up();
  await keyboard.up('Shift');
}

describe('the overview', () => {
  test('welcomes who has nothing yet, and says where versions will be', async () => {
    await bench.view('Overview').getByText('Folders become versions').waitFor();
    await overview(/^Lake, s3:/).waitFor();
    await overview(/^Next step: Sync a folder/).waitFor();
    await bench.screenshot('views-empty');
  });

  test('names the newest version, and caching it as the next step', async () => {
    await sync(work('scans'), 'chest-scans');
    await overview(/^Newest version chest-scans@v1, not cached/).waitFor();
    await overview(/^Next step: Cache a version/).click();
    await bench.notification(/chest-scans@v1 is ready on local/).waitFor();
    await overview(/^Newest version chest-scans@v1, cached on local/).waitFor();
    await overview(/^Cache, .* used · .* free/).waitFor();
    await overview(/^Next step: Insert mount code/).waitFor();
    await bench.clearNotifications();
    await bench.screenshot('views-next-step');
  });

  test('goes on to a recorded run once a version was opened, and ends there', async () => {
    await forebay('mount', 'chest-scans@v1');
    await cached(/chest-scans@v1.*in use by a mount/).waitFor();
    await overview(/^Next step: Train with a record/).click();
    await bench.page
      .locator('.terminal .xterm-rows')
      .getByText('forebay run --data chest-scans@v1 -- python train.py')
      .waitFor();
    await forebay('unmount', 'chest-scans@v1');
    await editor.home.run('run', '--data', 'chest-scans@v1', '--name', 'first-try', '--', 'true');
    await overview(/^Run first-try, finished/).waitFor();
    await expect.poll(() => overview(/^Next step/).count()).toBe(0);
    await bench.command('Terminal: Kill the Active Terminal Instance');
  });
});

describe('several rows', () => {
  test('are cached with one progress and one message', async () => {
    const small = work('small');
    await mkdir(join(small, 'images'), { recursive: true });
    await writeFile(join(small, 'images', 'a.txt'), 'one');
    await writeFile(join(small, 'labels.csv'), 'path,class\n');
    await sync(small, longName);
    await sync(work('bulk'), 'bulk');
    // With its first version a row is drawn anew.
    await select(dataset(/^Dataset bulk, newest/), dataset(new RegExp(`^Dataset ${longName}, newest`)));
    await bench.menu(dataset(/^Dataset bulk/), 'Cache version');
    await bench.notification('Cached 2 versions.').waitFor();
    await dataset(/^Dataset bulk.*cached on local/).waitFor();
    await dataset(new RegExp(`^Dataset ${longName}.*cached on local`)).waitFor();
    await bench.screenshot('views-several');
  });

  test('offer nothing that is for one row alone, and their names and paths are copied a line each', async () => {
    await dataset(/^Dataset bulk/).click({ button: 'right' });
    await bench.menuItem('Copy path').waitFor();
    expect(await bench.menuItem('Insert mount code').count()).toBe(0);
    await bench.page.keyboard.press('Escape');
    await bench.menu(dataset(/^Dataset bulk/), 'Copy path');
    await expect.poll(() => editor.clipboard()).toMatch(/\/bulk~\w+\/v1\n.*\/retina-scans.*\/v1$/);
    await bench.menu(dataset(/^Dataset bulk/), 'Copy name');
    await expect.poll(() => editor.clipboard()).toBe(`bulk@v1\n${longName}@v1`);
  });

  test('are pinned, unpinned and cleared, and each of it is undone from its message', async () => {
    await bench.clearNotifications();
    await bench.menu(dataset(/^Dataset bulk/), 'Pin');
    await bench.notification('Pinned 2 versions.').waitFor();
    await cached(/^bulk@v1.*pinned/).waitFor();
    await bench.screenshot('views-pinned');
    await bench.press('Pinned 2 versions.', 'Undo');
    await bench.notification('Unpinned 2 versions.').waitFor();
    await bench.clearNotifications();
    await select(cached(/^bulk@v1/), cached(new RegExp(`^${longName}`)));
    await bench.menu(cached(/^bulk@v1/), 'Clear from cache');
    await bench.notification('Cleared 2 versions from the cache.').waitFor();
    await expect.poll(() => cached(/^bulk@v1/).count()).toBe(0);
    await bench.press('Cleared 2 versions from the cache.', 'Undo');
    await bench.notification('Cached 2 versions.').waitFor();
    await cached(/^bulk@v1/).waitFor();
    await bench.clearNotifications();
  });
});

describe('versions on two caches', () => {
  test('are cleared from both, and Undo brings all of it back', async () => {
    await forebay('cache-store', 'attach', 'near', editor.home.path('near'), '--capacity', '1GB');
    await forebay('cache', 'add', 'bulk', '--on', 'near');
    const places = async () => {
      const placements = await editor.home.json<{ dataset: string; cache: string }[]>('cache', 'ls');
      return placements.map(({ dataset, cache }) => `${dataset} on ${cache}`).sort();
    };
    const all = ['bulk on local', 'bulk on near', 'chest-scans on local', `${longName} on local`];
    expect(await places()).toEqual(all);
    await select(dataset(/^Dataset bulk/), dataset(new RegExp(`^Dataset ${longName}`)));
    await bench.menu(dataset(/^Dataset bulk/), 'Clear from cache');
    await bench.notification('Cleared 2 versions from 2 caches.').waitFor();
    expect(await places()).toEqual(['chest-scans on local']);
    await bench.press('Cleared 2 versions from 2 caches.', 'Undo');
    await bench.notification('Cached 2 versions.').waitFor();
    expect(await places()).toEqual(all);
    await bench.screenshot('views-two-caches');
    await forebay('cache-store', 'rm', 'near');
    await cached(/^near/).waitFor({ state: 'detached' });
    await bench.clearNotifications();
  });
});

describe('a row that is dragged', () => {
  const pythonText = () =>
    bench.page
      .locator('[data-uri$="train.py"] .view-lines')
      .innerText()
      .then((text) => text.replaceAll('\u00a0', ' '));

  test('into a Python file becomes code that works, and other ways are offered', async () => {
    await bench.openFile('train.py');
    const line = bench.page.locator('[data-uri$="train.py"] .view-line', { hasText: 'print' });
    await dataset(/^Dataset chest-scans/).dragTo(line, { targetPosition: { x: 20, y: 8 } });
    await bench.page.locator('[data-uri$="train.py"] .view-lines', { hasText: 'forebay.mount' }).waitFor();
    await bench.page.locator('.post-edit-widget').waitFor();
    await bench.page.locator('.post-edit-widget').click();
    const ways = bench.page.locator('.context-view, .action-widget');
    await ways.getByText('Insert PyTorch ImageFolder').waitFor();
    await bench.screenshot('views-dropped');
    await bench.page.keyboard.press('Escape');
    expect(await pythonText()).not.toBe('');
    await bench.page.locator('[data-uri$="train.py"] .view-lines').click();
    await bench.page.keyboard.press('Control+S');
    await expect
      .poll(() => readFile(work('train.py'), 'utf8'))
      .toBe(
        'import os\nimport forebay\n\nprint(os.getcwd())\nchest_scans_path = forebay.mount("chest-scans@v1")\n',
      );
  });

  test('of a table becomes what reads it, with nothing imported twice', async () => {
    await bench.expand(dataset(/^Dataset chest-scans/));
    await bench.expand(dataset(/^Version 1 of chest-scans/));
    await dataset(/^labels.csv/).waitFor();
    const line = bench.page.locator('[data-uri$="train.py"] .view-line', { hasText: 'chest_scans_path' });
    await dragInto(dataset(/^labels.csv/), line);
    await bench.page.locator('[data-uri$="train.py"] .view-lines', { hasText: 'read_csv' }).waitFor();
    await bench.page.keyboard.press('Control+S');
    await expect.poll(() => readFile(work('train.py'), 'utf8')).toContain('import pandas as pd\n');
    expect((await readFile(work('train.py'), 'utf8')).match(/^import forebay$/gm)).toHaveLength(1);
  });

  test('into a cell of a notebook becomes code of that cell', async () => {
    await bench.openFile('train.ipynb');
    const cell = bench.page.locator('.notebook-editor .code-cell-row').first();
    const line = cell.locator('.view-line', { hasText: 'PIL' });
    await line.waitFor();
    await dataset(/^Version 1 of chest-scans/).dragTo(line, { targetPosition: { x: 20, y: 8 } });
    await cell.locator('.view-lines', { hasText: 'forebay.mount' }).waitFor();
    await bench.screenshot('views-dropped-cell');
    await bench.page.keyboard.press('Control+S');
    const saved = async () => {
      const { cells } = JSON.parse(await readFile(work('train.ipynb'), 'utf8'));
      return cells.map((one: { source: string | string[] }) => [one.source].flat().join(''));
    };
    await expect
      .poll(saved)
      .toEqual([
        'import numpy as np\nfrom PIL import Image\nimport forebay\nchest_scans_path = forebay.mount("chest-scans@v1")',
      ]);
    await bench.collapse(dataset(/^Dataset chest-scans/));
  });
});

describe('a filter', () => {
  test('shows what has its words in name, description or label, says so, and is cleared', async () => {
    await forebay('data', 'describe', 'bulk', '-m', 'Noise of a Radiotelescope');
    await forebay('data', 'describe', 'chest-scans', '--label', 'radiology');
    await bench.view('Datasets').hover();
    await bench.view('Datasets').getByRole('button', { name: 'Filter datasets…' }).click();
    const input = bench.quickInput.locator('input.input').first();
    await input.fill('radio');
    await expect.poll(() => dataset(/^Dataset/).count()).toBe(2);
    await input.fill('radiotelescope');
    await expect.poll(() => dataset(/^Dataset/).count()).toBe(1);
    await dataset(/^Dataset bulk/).waitFor();
    await bench.page.keyboard.press('Enter');
    await bench.view('Datasets').getByText('“radiotelescope”').waitFor();
    await bench.screenshot('views-filter');
    await bench.command('Forebay: Filter datasets…');
    await input.fill('nowhere');
    await bench.view('Datasets').getByText('No dataset has these words').waitFor();
    await bench.page.keyboard.press('Escape');
    await dataset(/^Dataset bulk/).waitFor();
    await bench.view('Datasets').hover();
    await bench.view('Datasets').getByRole('button', { name: 'Clear filter' }).click();
    await expect.poll(() => dataset(/^Dataset/).count()).toBe(3);
  });
});

describe('caches', () => {
  test('a part of a version says so wherever the version stands', async () => {
    await forebay('cache', 'rm', longName);
    await forebay('cache', 'add', longName, '--include', 'images/**');
    await dataset(new RegExp(`^Dataset ${longName}.*a part cached on local`)).waitFor();
    await cached(/\(part: images.*, a part cached on local/).waitFor();
    await bench.screenshot('views-part');
  });

  test('the countdown to the age-out counts', async () => {
    await forebay('cache-store', 'set', 'local', '--ttl', '58s');
    const seconds = async () => {
      const name = await cached(/^bulk@v1.*\d+ s left/).getAttribute('aria-label');
      return Number(/(\d+) s left/.exec(name ?? '')?.[1]);
    };
    await forebay('mount', 'bulk');
    await forebay('unmount', 'bulk');
    await cached(/^bulk@v1.*\d+ s left/).waitFor();
    const before = await seconds();
    await expect.poll(seconds).toBeLessThan(before - 2);
    await bench.screenshot('views-countdown');
    await forebay('cache-store', 'set', 'local', '--ttl', '1d');
    await cached(/^bulk@v1.*23 h left/).waitFor();
  });

  test('the badge counts running jobs, in either theme', async () => {
    await forebay('cache', 'rm', 'bulk');
    editor.link.limit(200_000);
    await forebay('cache', 'add', 'bulk', '--no-wait');
    const badge = bench.page.locator('.activitybar .badge-content', { hasText: /^1$/ });
    await badge.waitFor();
    await badge.hover();
    await bench.page.locator('.monaco-hover', { hasText: 'Filling bulk@v1' }).first().waitFor();
    await dataset(/^Dataset bulk.*filling/).waitFor();
    await bench.screenshot('views-busy');
    await editor.theme('vs-dark');
    await bench.screenshot('views-busy-dark');
    await bench.inline(cached(/^Filling bulk@v1/), 'Cancel job');
    await badge.waitFor({ state: 'detached' });
    editor.link.limit(Number.POSITIVE_INFINITY);
  });

  test('fit a side bar of 220 pixels', async () => {
    const edge = bench.page.locator('.monaco-sash.vertical:not(.disabled)');
    const side = await bench.page.locator('.sidebar').boundingBox();
    if (!side) throw new Error('No side bar.');
    expect(await edge.count()).toBeGreaterThan(0);
    await bench.page.mouse.move(side.x + side.width, side.y + 300);
    await bench.page.mouse.down();
    await bench.page.mouse.move(side.x + 220, side.y + 300, { steps: 5 });
    await bench.page.mouse.up();
    await expect
      .poll(async () => (await bench.page.locator('.sidebar').boundingBox())?.width)
      .toBeLessThanOrEqual(225);
    await bench.page.mouse.move(800, 400);
    await bench.screenshot('views-narrow-dark');
    await editor.theme('vs');
    await bench.screenshot('views-narrow');
  });
});

describe('when the daemon ends', () => {
  test('the overview stays as it was last known, and says since when', async () => {
    await forebay('down');
    await bench
      .view('Overview')
      .getByText(/Offline since .* Last known state/)
      .waitFor();
    await bench.screenshot('views-offline');
  });
});
