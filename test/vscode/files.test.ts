import { randomBytes } from 'node:crypto';
import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { Editor } from './editor.ts';
import { openPage, pageOf } from './page.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor;
let bench: Workbench;

const folder = (...path: string[]) => editor.home.path('mixed', ...path);
const row = (text: string | RegExp) => bench.row('Datasets', text);
const page = () => pageOf(bench);
const text = (words: string | RegExp) =>
  bench.page.locator('.editor-instance .view-line', { hasText: words }).first();
const tab = (name: RegExp) => bench.page.locator('.tabs-container').getByRole('tab', { name });
const mib = 2 ** 20;

beforeAll(async () => {
  editor = await Editor.open({ network: true });
  bench = editor.workbench;
  await mkdir(folder('tables', 'deep'), { recursive: true });
  await writeFile(folder('tables', 'deep', 'labels.csv'), 'path,class\n1.png,mass\n');
  await symlink('tables/deep/labels.csv', folder('newest.csv'));
  await symlink('tables', folder('all'));
  await writeFile(folder('notes.txt'), 'two scans are upside down\n');
  await writeFile(folder('noise.bin'), randomBytes(12 * mib));
  for (const [name, size] of [
    ['middle.bin', 60 * mib],
    ['large.bin', 300 * mib],
  ] as const) {
    await writeFile(folder(name), '');
    await truncate(folder(name), size);
  }
  await editor.home.json('-C', folder(), 'data', 'init', 'mixed');
  await editor.home.json('-C', folder(), 'data', 'sync');
  await bench.openSideBar('Forebay');
  await bench.expand(row(/^Dataset mixed/));
  await bench.expand(row(/^Version 1 of mixed/));
  await row(/^newest\.csv, link/).waitFor();
});
afterAll(() => editor?.close());
keepFailures((name) => bench?.photograph(name));

describe('a link of a version', () => {
  test('opens as the file that it leads to', async () => {
    await row(/^newest\.csv, link/).click();
    await tab(/^newest\.csv/).waitFor();
    await text('1.png,mass').waitFor();
    await bench.screenshot('files-link');
  });

  test('to a folder shows that folder, and its files have addresses through it', async () => {
    await row(/^all, link/).click();
    await page().getByRole('row').filter({ hasText: 'deep' }).waitFor();
    await bench.screenshot('files-link-folder');
    await bench.command('View: Close All Editors');
    await writeFile(editor.home.path('work', 'use.py'), 'x = "forebay://mixed@v1/all/deep/labels.csv"\n');
    await bench.openInExplorer('use.py');
    const link = bench.page.locator('.detected-link', { hasText: 'labels.csv' }).first();
    await bench.follow(link, text('1.png,mass'));
    await bench.command('View: Close All Editors');
    await bench.openSideBar('Forebay');
  });
});

describe('a large file', () => {
  test('is shown only once a person says so: that is what the editor asks by itself', async () => {
    const before = editor.link.passed;
    await row(/^middle\.bin/).click();
    await bench.page
      .locator('.editor-instance')
      .getByText(/very large/)
      .waitFor();
    await bench.screenshot('files-middle');
    expect(editor.link.passed - before).toBeLessThan(mib);
  });

  test('that an editor could not take is opened from a cache', async () => {
    await row(/^large\.bin/).click();
    const said = bench.notification(
      /large\.bin has 315 MB; .* Cache mixed@v1 and open the file from there, or mount it/,
    );
    await said.waitFor();
    // It fades in.
    await delay(500);
    await bench.screenshot('files-large');
    await bench.press(/large\.bin has/, 'Cache version');
    await bench.notification('mixed@v1 is ready on local').waitFor();
    await bench.clearNotifications();
    await row(/^large\.bin/).click();
    await bench.press(/large\.bin has/, 'Open from cache');
    await tab(/^large\.bin/).waitFor();
    await bench.command('View: Close All Editors');
    await bench.clearNotifications();
  });

  test('is not read on once its tab is closed', async () => {
    editor.link.limit(500_000);
    const before = editor.link.passed;
    await row(/^noise\.bin/).click();
    await tab(/^noise\.bin/).waitFor();
    await expect.poll(() => editor.link.passed - before).toBeGreaterThan(500_000);
    await bench.command('View: Close All Editors');
    const passing = async () => {
      const seen = editor.link.passed;
      await delay(500);
      return editor.link.passed - seen;
    };
    await expect.poll(passing).toBe(0);
    expect(editor.link.passed - before).toBeLessThan(11 * mib);
    editor.link.limit(Number.POSITIVE_INFINITY);
  });
});

describe('a lake whose server is stopped', () => {
  test('is told by tree, page and what a click opens; tree and page go on by themselves once it runs again', async () => {
    await openPage(bench, 'dataset?dataset=mixed&tab=files&version=1');
    await page().getByRole('row').filter({ hasText: 'notes.txt' }).waitFor();
    await editor.lake.halt();
    await page().getByRole('row').filter({ hasText: 'tables' }).dblclick();
    await page().getByText('This could not be read').first().waitFor({ timeout: 60_000 });
    await bench.screenshot('files-lake-page');
    await bench.expand(row(/^tables/));
    const retry = row(/^Retry: The lake s3:.* cannot be reached/);
    await retry.waitFor({ timeout: 60_000 });
    await row(/^notes\.txt/).click();
    await bench.notification(/The lake s3:.* cannot be reached/).waitFor({ timeout: 60_000 });
    await bench.screenshot('files-lake-asked');
    await bench.clearNotifications();
    await editor.lake.restart();
    await retry.waitFor({ state: 'detached', timeout: 60_000 });
    await row(/^deep/).waitFor();
    await page().getByRole('row').filter({ hasText: 'deep' }).waitFor({ timeout: 60_000 });
    await page().getByText('This could not be read').waitFor({ state: 'detached' });
    await bench.screenshot('files-lake-back');
  });

  test('is told of a tab whose file is read meanwhile, which shows it once the lake answers', async () => {
    await row(/^newest\.csv, link/).click();
    await text('1.png,mass').waitFor();
    await editor.lake.halt();
    await bench.command('Developer: Reload Window');
    const pane = bench.page.locator('.monaco-editor-pane-placeholder');
    await pane.getByText('Try Again').waitFor({ timeout: 60_000 });
    await bench.notification(/The lake s3:.* cannot be reached/).waitFor({ timeout: 60_000 });
    await bench.screenshot('files-lake-tab');
    await editor.lake.restart();
    await text('1.png,mass').waitFor({ timeout: 60_000 });
    await bench.screenshot('files-lake-tab-back');
  });
});
