import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { chooseTheme, openEditor } from './editor.ts';
import type { Workbench } from './workbench.ts';

let home: Home;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;

const scans = (...path: string[]) => home.path('work', 'scans', ...path);
const other = () => home.path('other');

beforeAll(async () => {
  home = await newHome();
  await mkdir(scans('images'), { recursive: true });
  await writeFile(scans('labels.csv'), 'path,class\n1.png,mass\n2.png,normal\n');
  for (const name of ['1', '2', '3']) await writeFile(scans('images', `${name}.txt`), `picture ${name}\n`);
  await home.json('-C', scans(), 'data', 'init', 'chest-scans');
  await home.json('-C', scans(), 'data', 'sync', '-m', 'as they came');
  ({ server, browser, workbench: bench } = await openEditor(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
afterEach(() => bench?.clearNotifications());
keepFailures((name) => bench?.photograph(name));

const change = (name: string | RegExp) => bench.page.locator('.scm-view').getByRole('treeitem', { name });
const inExplorer = (name: string) =>
  bench.page.locator('.explorer-folders-view').getByRole('treeitem', { name });
/** The letter behind a name. */
const markInExplorer = (name: string) =>
  inExplorer(name)
    .locator('.monaco-icon-label')
    .evaluate((label) => getComputedStyle(label, '::after').content);
const showChanges = () =>
  bench.page
    .locator('.activitybar')
    .getByRole('tab', { name: /^Source Control/ })
    .click();
const tab = (name: string | RegExp) => bench.page.locator('.tabs-container').getByRole('tab', { name });
const versions = () => home.json<{ version: number; message: string }[]>('data', 'log', 'chest-scans');

describe('a folder with a working copy', () => {
  test('marks what changed since its version, in the explorer and in Source Control', async () => {
    await showChanges();
    await bench.page.locator('.scm-view').waitFor();
    await writeFile(scans('labels.csv'), 'path,class\n1.png,mass\n2.png,mass\n');
    await writeFile(scans('images', 'a new one.txt'), 'new\n');
    await rm(scans('images', '3.txt'));
    await change(/labels\.csv.*Changed since the version/).waitFor();
    await change(/a new one\.txt.*Not in the version yet/).waitFor();
    await change(/3\.txt.*Removed since the version/).waitFor();
    await bench.photograph('working-copy');
    await bench.command('View: Show Explorer');
    await bench.expand(inExplorer('scans'));
    await expect.poll(() => markInExplorer('labels.csv')).toBe('"M"');
    await bench.photograph('working-copy-explorer');
  });

  test("shows both sides of a change in the editor's own diff", async () => {
    await showChanges();
    await change(/labels\.csv/).click();
    await tab(/labels\.csv \(v1 ↔ folder\)/).waitFor();
    const sides = bench.page.locator('.monaco-diff-editor');
    await sides.locator('.original').getByText('2.png,normal').waitFor();
    await sides.locator('.modified').getByText('2.png,mass').waitFor();
    await bench.photograph('working-copy-diff');
    await chooseTheme(bench, 'vs-dark');
    await bench.screenshot('working-copy-diff-dark');
    await chooseTheme(bench, 'vs');
  });

  test('becomes the next version with the message that was written there', async () => {
    const input = bench.page.locator('.scm-input .monaco-editor').first();
    await input.click();
    await bench.page.keyboard.type('second opinion');
    await bench.page.keyboard.press('Control+Enter');
    await bench.notification(/Made chest-scans@v2: .*1 added, 1 changed, 1 removed/).waitFor();
    expect((await versions()).map(({ message }) => message)).toContain('second opinion');
    await expect.poll(() => change(/labels\.csv/).count()).toBe(0);
    await expect.poll(() => input.textContent()).not.toContain('second opinion');
  });

  test('that has not changed makes no version, and says so', async () => {
    await bench.command('Forebay: Sync folder as new version…');
    await bench.pick('Sync which folder?', /scans.*chest-scans v2/);
    await bench.notification('Nothing has changed since chest-scans@v2.').waitFor();
  });

  test('keeps both sides of what a pull finds changed, where a person says so', async () => {
    await home.json('data', 'clone', 'chest-scans', other());
    for (const name of ['1', '2']) await writeFile(`${other()}/images/${name}.txt`, `theirs of ${name}\n`);
    await home.json('-C', other(), 'data', 'sync', '-m', 'sharper');
    for (const name of ['1', '2']) await writeFile(scans('images', `${name}.txt`), `mine of ${name}\n`);
    await bench.openSideBar('Forebay');
    await bench.menu(bench.row('Datasets', /^Dataset chest-scans/), 'Pull newer version…');
    await bench.choice('Take theirs everywhere').waitFor();
    await bench.photograph('pull-sides');
    await bench.pick('Both sides changed 2 paths', 'Choose for each…');
    await bench.choice(/Keep mine.*Changed here; changed in v3 by/).waitFor();
    await bench.photograph('pull-side');
    await bench.pick('images/1.txt (1 of 2)', 'Keep both');
    await bench.pick('images/2.txt (2 of 2)', 'Take theirs');
    const pulled = bench.notification(/stands on chest-scans@v3: .*What it replaced is kept in .*: 1 file/);
    await pulled.waitFor();
    await bench.photograph('pull-done');
    expect(await readFile(scans('images', '1.txt'), 'utf8')).toBe('mine of 1\n');
    expect(await readFile(scans('images', '2.txt'), 'utf8')).toBe('theirs of 2\n');
    const [beside = ''] = (await readdir(scans('images'))).filter((name) => /^1.*v3/.test(name));
    expect(await readFile(scans('images', beside), 'utf8')).toBe('theirs of 1\n');
  });

  test('is offered what others made since', async () => {
    await writeFile(`${other()}/extra.txt`, 'theirs\n');
    await home.json('-C', other(), 'data', 'sync', '-m', 'one more');
    await bench.command('View: Close All Editors');
    await bench.openInExplorer('labels.csv');
    const pull = bench.page.locator('.statusbar').getByRole('button', { name: /Pull v4 by/ });
    await pull.click();
    await bench.notification(/stands on chest-scans@v4: 1 added/).waitFor();
  });
});

test('a file on disk tells which versions changed it, and is compared with what it was', async () => {
  await bench.openInExplorer('labels.csv');
  await bench.command('Forebay: Show versions of this file…');
  await bench.choice(/v2\s*changed · 33 B/).waitFor();
  await bench.photograph('file-history');
  await bench.pick('Versions of chest-scans that changed labels.csv', /v1\s*added/);
  await bench.pick('labels.csv in v1', 'Compare with the file on disk');
  await tab(/labels\.csv \(v1 ↔ folder\)/).waitFor();
});

test('.forebayignore is a language of its own, with comments', async () => {
  await writeFile(scans('.forebayignore'), '# drafts\n*.tmp\n!keep.tmp\n');
  await bench.openInExplorer('.forebayignore');
  await bench.page.locator('.statusbar').getByRole('button', { name: 'Forebay ignore' }).waitFor();
  await bench.page.keyboard.press('Control+A');
  await bench.page.keyboard.press('Control+/');
  await bench.page.locator('.view-line', { hasText: '# *.tmp' }).waitFor();
  await bench.photograph('forebayignore');
});

test('an address in a script opens the file of the version', async () => {
  const script = 'import fsspec\n\nfsspec.open("forebay://chest-scans@v1/labels.csv")\n';
  await writeFile(home.path('work', 'train.py'), script);
  await bench.openInExplorer('train.py');
  const link = bench.page.locator('.detected-link', { hasText: 'labels.csv' }).first();
  await bench.follow(link, bench.page.locator('.view-line', { hasText: '2.png,normal' }).first());
  await bench.photograph('link-opened');
});

test('a working copy deeper in the workspace is found too, once it is one', async () => {
  const deep = home.path('work', 'project', 'data', 'deep');
  await mkdir(deep, { recursive: true });
  await writeFile(`${deep}/one.txt`, 'one\n');
  await home.json('-C', deep, 'data', 'init', 'deep-scans');
  await home.json('-C', deep, 'data', 'sync', '-m', 'as they came');
  await writeFile(`${deep}/two.txt`, 'two\n');
  await showChanges();
  await bench.command('Forebay: Look for changes');
  await bench.pick('Look for changes in which folder?', 'deep');
  await change(/two\.txt.*Not in the version yet/).waitFor();
});

test('a workspace can be a version itself: it is browsed, and no folder is offered to be synced', async () => {
  const file = home.path('work', 'version.code-workspace');
  const folders = [{ uri: 'forebay:/chest-scans@v1', name: 'chest-scans@v1' }];
  await writeFile(file, JSON.stringify({ folders }));
  const open = async () => {
    await bench.open(`${server.url}?workspace=${encodeURIComponent(file)}`);
    await bench.command('View: Show Explorer');
    await inExplorer('images').waitFor({ timeout: 10_000 });
  };
  // VS Code at times takes a workspace for empty that it opens for the first time.
  await open().catch(open);
  await bench.expand(inExplorer('images'));
  await inExplorer('3.txt').waitFor();
  await inExplorer('labels.csv').dblclick();
  await bench.page.locator('.view-line', { hasText: '2.png,normal' }).first().waitFor();
  await bench.photograph('virtual-workspace');
  await bench.openSideBar('Forebay');
  await bench.row('Datasets', /^Dataset chest-scans/).waitFor();
  await bench.view('Datasets').hover();
  await bench.view('Datasets').getByRole('button', { name: 'Filter datasets…' }).waitFor();
  const sync = bench.view('Datasets').getByRole('button', { name: 'Sync folder as new version…' });
  expect(await sync.count()).toBe(0);
});
