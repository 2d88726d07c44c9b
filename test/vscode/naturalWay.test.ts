import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { Editor } from './editor.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor;
let bench: Workbench;

beforeAll(async () => {
  editor = await Editor.open({ network: true });
  bench = editor.workbench;
});
afterAll(() => editor?.close());
keepFailures((name) => bench?.photograph(name));

const dataset = (text: string | RegExp) => bench.row('Datasets', text);

describe('a folder becomes a version, the version is cached, the notebook opens it, in VS Code', () => {
  test('the side bar starts the daemon and says what to do first', async () => {
    await bench.openSideBar('Forebay');
    await bench.view('Datasets').getByText('No datasets yet.').waitFor();
    await bench.screenshot('empty');
  });

  test('the editor and the command line share one daemon', async () => {
    const { pid } = await editor.home.json<{ pid: number }>('status');
    await bench.command('Forebay: Show status and jobs');
    await bench.choice(`Daemon ${pid}`).waitFor();
    await bench.page.keyboard.press('Escape');
  });

  test('a folder is synced from the palette: dataset, name and message are asked for once', async () => {
    await bench.command('Forebay: Sync folder as new version…');
    await bench.pick('Sync which folder?', 'Choose another folder…');
    await bench.chooseFolder('Sync which folder?', 'scans');
    await bench.answer('Name of the dataset', 'chest-scans');
    await bench.answer('Describe the first version', 'as they came');
    await bench.notification(/Made chest-scans@v1: 241 files, .*241 added/).waitFor();
    await dataset(/Dataset chest-scans, newest version 1 .* not cached/).waitFor();
    await dataset(/Version 1 of chest-scans, not cached · latest/).waitFor();
  });

  test("what comes next is synced from the explorer's context menu", async () => {
    const labels = editor.home.path('work', 'scans', 'labels.csv');
    await writeFile(labels, (await readFile(labels, 'utf8')).replaceAll('mass', 'Mass'));
    await bench.openSideBar('Explorer (Ctrl+Shift+E)');
    const folder = bench.page.locator('.explorer-viewlet').getByRole('treeitem', { name: /^scans/ });
    await bench.menu(folder, 'Sync folder as new version…');
    await bench.answer('Describe what comes after v1', 'classes spelled alike');
    await bench.notification(/Made chest-scans@v2: 241 files, .*1 changed/).waitFor();
    await bench.openSideBar('Forebay');
    await dataset(/Version 2 of chest-scans, not cached · latest/).waitFor();
  });

  test('a version shows its folders and files, and a file opens read-only', async () => {
    await bench.expand(dataset(/^Version 2 of chest-scans/));
    await dataset('labels.csv').waitFor();
    await dataset('labels.csv').click();
    const text = bench.page.locator('.editor-instance .view-lines');
    await text.getByText('images/effusion/0000.png,effusion').first().waitFor();
    await text.click();
    await bench.page.keyboard.type('x');
    await bench.page.locator('.editor-instance').getByText('A version never changes.').waitFor();
    await bench.expand(dataset(/^images/));
    await bench.expand(dataset(/^nodule/));
    await dataset('0003.png').dblclick();
    const picture = bench.page
      .frameLocator('iframe.webview.ready')
      .frameLocator('#active-frame')
      .locator('img');
    await picture.waitFor();
    expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(96);
    await bench.screenshot('file');
  });

  test('one click caches a version, and every list shows it', async () => {
    const version = dataset(/^Version 2 of chest-scans/);
    await bench.inline(version, 'Cache version');
    await bench.notification(/chest-scans@v2 is ready on local/).waitFor();
    await dataset(/Version 2 of chest-scans, cached on local/).waitFor();
    await bench.row('Caches', /chest-scans@v2, cached on local/).waitFor();
  });

  test('mount code goes into a new cell below the selected one', async () => {
    await bench.openFile('train.ipynb');
    await bench.page.locator('.notebook-editor').getByText('numpy').click();
    await bench.inline(dataset(/^Version 2 of chest-scans/), 'Insert mount code');
    const cells = bench.page.locator('.notebook-editor .code-cell-row');
    await expect.poll(() => cells.count(), { timeout: 20_000 }).toBe(2);
    await bench.page.keyboard.press('Control+S');
    const saved = async () => {
      const { cells } = JSON.parse(await readFile(editor.home.path('work', 'train.ipynb'), 'utf8'));
      return cells.map((cell: { source: string | string[] }) => [cell.source].flat().join(''));
    };
    await expect
      .poll(saved, { timeout: 10_000 })
      .toEqual([
        'import numpy as np\nfrom PIL import Image',
        'import forebay\nchest_scans_path = forebay.mount("chest-scans@v2")',
      ]);
    await bench.collapse(dataset(/^nodule/));
    await bench.clearNotifications();
    await bench.page.locator('.notebook-editor').getByText('chest_scans_path').click();
    await bench.screenshot('light');
  });

  test('mount code goes into a script at the cursor', async () => {
    await bench.openFile('train.py');
    await bench.page.keyboard.press('Control+Home');
    await bench.page.keyboard.press('ArrowDown');
    await bench.command('Forebay: Insert mount code');
    await bench.pick('Mount which version?', 'chest-scans');
    await bench.pick('Mount which version of chest-scans?', 'v2');
    await bench.page.locator('[data-uri$="train.py"] .view-lines', { hasText: 'forebay.mount' }).waitFor();
    await bench.page.keyboard.press('Control+S');
    await expect
      .poll(() => readFile(editor.home.path('work', 'train.py'), 'utf8'), { timeout: 10_000 })
      .toBe(
        'import os\nimport forebay\nchest_scans_path = forebay.mount("chest-scans@v2")\n\nprint(os.getcwd())\n',
      );
  });

  test('the path of a cached version and of its files is copied', async () => {
    await bench.menu(dataset(/^Version 2 of chest-scans/), 'Copy path');
    await expect.poll(() => editor.clipboard()).toMatch(/chest-scans~\w+\/v2$/);
    expect((await stat(await editor.clipboard())).isDirectory()).toBe(true);
    await bench.expand(dataset(/^nodule/));
    await bench.menu(dataset('0003.png'), 'Copy path');
    await expect.poll(() => editor.clipboard()).toMatch(/\/v2\/images\/nodule\/0003\.png$/);
    expect(await readFile(await editor.clipboard())).toEqual(
      await readFile(editor.home.path('work', 'scans', 'images', 'nodule', '0003.png')),
    );
    await bench.menu(dataset('0003.png'), 'Copy name');
    await expect.poll(() => editor.clipboard()).toBe('chest-scans@v2:images/nodule/0003.png');
    await bench.collapse(dataset(/^images/));
  });

  test('a fill shows its progress everywhere, and Cancel in its notification leaves nothing behind', async () => {
    await editor.home.run('-C', editor.home.path('work', 'bulk'), 'data', 'init', 'bulk');
    await editor.home.json('-C', editor.home.path('work', 'bulk'), 'data', 'sync');
    await dataset(/Dataset bulk, newest version 1/).waitFor();
    editor.link.limit(400_000);
    await bench.command('Forebay: Cache version');
    await bench.pick('Cache which version?', 'bulk');
    await bench.pick('Cache which version of bulk?', 'v1');
    await dataset(/Dataset bulk.*filling \d+%/).waitFor();
    await bench.row('Caches', /^Filling bulk@v1/).waitFor();
    await bench.page
      .locator('.statusbar')
      .getByText(/bulk@v1 \d+%/)
      .waitFor();
    await editor.theme('vs-dark');
    await bench.screenshot('dark');
    const toast = bench.notification(/bulk@v1/);
    await toast.waitFor();
    await toast.hover();
    await toast.getByRole('button', { name: 'Cancel' }).click();
    await dataset(/Dataset bulk.*not cached/).waitFor();
    await expect.poll(() => bench.row('Caches', /bulk@v1/).count()).toBe(0);
    const staging = join(editor.home.state, 'cache', '.forebay', 'staging');
    expect(existsSync(staging) ? await readdir(staging) : []).toEqual([]);
  });

  test('a job that the command line began is cancelled from the tree', async () => {
    await editor.home.json('cache', 'add', 'bulk', '--no-wait');
    const job = bench.row('Caches', /^Filling bulk@v1/);
    await job.waitFor();
    await bench.inline(job, 'Cancel job');
    await dataset(/Dataset bulk.*not cached/).waitFor();
    editor.link.limit(Number.POSITIVE_INFINITY);
  });

  test('what the command line does is seen without asking', async () => {
    await editor.home.json('cache', 'add', 'chest-scans@v1');
    await dataset(/Version 1 of chest-scans, cached on local/).waitFor();
    await editor.theme('hc-black');
    await bench.screenshot('high-contrast');
    await editor.theme('vs');
  });

  test('clearing gives the space back', async () => {
    const copy = dataset(/^Version 2 of chest-scans/);
    await bench.menu(copy, 'Copy path');
    await expect.poll(() => editor.clipboard()).toMatch(/\/v2$/);
    const path = await editor.clipboard();
    await bench.inline(copy, 'Clear from cache');
    await dataset(/Version 2 of chest-scans, not cached/).waitFor();
    expect(existsSync(path)).toBe(false);
  });

  test('a version in use is not cleared, and the message says who uses it', async () => {
    await editor.home.json('mount', 'chest-scans@v1');
    const used = bench.row('Caches', /chest-scans@v1.*in use/);
    await used.waitFor();
    await bench.menu(used, 'Clear from cache');
    const dialog = bench.page.locator('.monaco-dialog-box', { hasText: 'chest-scans@v1 is in use' });
    await dialog.getByText('It stays in the cache until nobody uses it').waitFor();
    await bench.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await editor.home.json('unmount', 'chest-scans@v1');
  });

  test('a run that a terminal starts is in the list, and its output goes on while it is read', async () => {
    const script = 'echo early; sleep 4; echo late; exit 3';
    const said = editor.home.run(
      'run',
      '--data',
      'chest-scans@v2',
      '--name',
      'night-shift',
      '--',
      'sh',
      '-c',
      script,
    );
    const run = bench.row('Runs', /^Run night-shift, running, with chest-scans@v2/);
    await bench.inline(run, 'Show output of run');
    const text = bench.page.locator('.editor-instance .view-lines');
    await text.getByText('early').waitFor();
    await text.getByText('late').waitFor();
    expect((await said).code).toBe(3);
    const ended = bench.row('Runs', /^Run night-shift, failed/);
    await ended.waitFor();
    await bench.expand(ended);
    await bench.row('Runs', /^chest-scans@v2 from cache local/).waitFor();
    await bench.screenshot('runs');
  });

  test('a lake that is out of reach is named in the row, and a click there tries again', async () => {
    editor.link.cut();
    await bench.expand(dataset(/^Version 1 of chest-scans/));
    const problem = dataset(/The lake s3:.* cannot be reached/);
    await problem.waitFor({ timeout: 60_000 });
    await dataset(/Dataset chest-scans, newest version 2/).waitFor();
    await bench.screenshot('unreachable');
    await editor.link.mend();
    await problem.click();
    await problem.waitFor({ state: 'detached' });
    await expect.poll(() => dataset('labels.csv').count()).toBe(2);
  });
});
