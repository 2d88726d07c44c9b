import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome, root } from '../support/home.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { chooseTheme, openEditor } from './editor.ts';
import { pageOf } from './page.ts';
import type { Workbench } from './workbench.ts';

let home: Home;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;

beforeAll(async () => {
  home = await newHome();
  await mkdir(home.path('work'));
  await writeFile(home.path('work', 'train.py'), 'print(1)\n');
  ({ server, browser, workbench: bench } = await openEditor(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => bench?.photograph(name));

const framed = () => pageOf(bench);

/** A daemon makes its home before anything else. */
const daemonWasStarted = () => existsSync(home.state);
const status = () => bench.page.locator('.statusbar-item', { hasText: 'Forebay' });

async function set(key: string, value: unknown): Promise<void> {
  const file = join(home.path('editor'), 'user', 'Machine', 'settings.json');
  await mkdir(dirname(file), { recursive: true });
  const settings = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  await writeFile(file, JSON.stringify({ ...settings, [key]: value }));
}

test('the package holds what the editor needs, and nothing more', async () => {
  const folder = join(home.path('editor'), 'extensions');
  const [name = ''] = (await readdir(folder)).filter((each) => each.startsWith('forebay.forebay-'));
  const files = await readdir(join(folder, name), { recursive: true });
  expect(files.map((file) => file.toLowerCase())).toEqual(
    expect.arrayContaining(['readme.md', 'changelog.md', 'license.txt', 'package.json', 'media/icon.png']),
  );
  const unneeded = files.filter((file) => /node_modules|\.map$|^src|\.tsx?$/.test(file));
  // The types of its API.
  expect(unneeded).toEqual([join('dist', 'forebay.d.ts')]);
  expect((await stat(join(root, 'dist', 'forebay.vsix'))).size).toBeLessThan(3e6);
});

describe('before it is used', () => {
  test('no daemon runs, and nothing shows, in a window where somebody writes code', async () => {
    await bench.openFile('train.py');
    await delay(3000);
    expect(daemonWasStarted()).toBe(false);
    expect(await status().count()).toBe(0);
  });

  test('not even where a command needs the extension but no daemon', async () => {
    await bench.command('Forebay: Show log');
    await bench.page.locator('.panel .output-view, .panel').first().waitFor();
    await delay(3000);
    expect(daemonWasStarted()).toBe(false);
    expect(await status().count()).toBe(0);
    await bench.command('View: Hide Panel');
  });
});

describe('a newcomer', () => {
  test.each(['vs', 'vs-dark', 'hc-black'] as const)('is shown around with pictures: %s', async (theme) => {
    await chooseTheme(bench, theme);
    // A small window has no room for pictures beside the steps.
    await bench.page.setViewportSize({ width: 1600, height: 900 });
    await bench.command('Welcome: Open Walkthrough');
    await bench.choose('Forebay: a folder becomes a version');
    const steps = bench.page.locator('.getting-started-step');
    await expect.poll(() => steps.count()).toBe(4);
    for (const title of [
      'Sync a folder',
      'Cache a version',
      'Open it in a notebook',
      'Clear it from the cache',
    ]) {
      // In the middle of the open one is its button.
      await steps.getByText(title, { exact: true }).click();
      await framed().locator('svg').first().waitFor();
      await delay(700);
      await bench.screenshot(`walkthrough-${title.split(' ')[0]?.toLowerCase()}-${theme}`);
    }
    await bench.command('View: Close All Editors');
    await bench.page.setViewportSize({ width: 1280, height: 800 });
    expect(daemonWasStarted()).toBe(false);
  });

  test('reads in the editor what it is, and finds no picture missing', async () => {
    await bench.command('Extensions: Show Installed Extensions');
    await bench.page.locator('.extensions-viewlet .monaco-list-row', { hasText: 'Forebay' }).first().click();
    await framed().getByRole('heading', { name: 'Begin' }).waitFor();
    expect(await framed().locator('img').count()).toBe(0);
    await bench.screenshot('readme');
    await bench.command('View: Close All Editors');
  });
});

describe('once it is used', () => {
  test('the daemon runs and the status bar says so, unless a person wants it otherwise', async () => {
    await bench.openSideBar('Forebay');
    await bench.view('Datasets').getByText('No datasets yet.').waitFor();
    expect(daemonWasStarted()).toBe(true);
    await status().waitFor();
    await set('forebay.statusBar', 'never');
    await status().waitFor({ state: 'detached' });
    await set('forebay.statusBar', 'always');
    await status().waitFor();
  });

  test("a Node that a person chose but that is none doesn't keep it from starting", async () => {
    await home.run('down');
    await bench
      .view('Datasets')
      .getByText(/isn't running/)
      .waitFor();
    await set('forebay.nodePath', '/bin/false');
    await bench.command('Forebay: Start daemon');
    await bench.view('Datasets').getByText('No datasets yet.').waitFor();
  });
});
