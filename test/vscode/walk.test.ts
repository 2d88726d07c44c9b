import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { drawScan } from '../support/data/scan.ts';
import { seeded } from '../support/data/tree.ts';
import { type Home, newHome } from '../support/home.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { chooseTheme, openEditor } from './editor.ts';
import { pageOf, settled } from './page.ts';
import type { Workbench } from './workbench.ts';

/** The way of somebody who has just installed Forebay, from a folder of pictures to a run that says what it used. */
let home: Home;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;

const scans = (...path: string[]) => home.path('work', 'chest-scans', ...path);
const labels = (first: string) => `file,finding\n${first}\nmass/0009.png,mass\nnormal/0000.png,normal\n`;

beforeAll(async () => {
  home = await newHome();
  const random = seeded(7);
  for (const name of ['effusion', 'mass', 'nodule', 'normal']) {
    await mkdir(scans(name), { recursive: true });
    for (let nth = 0; nth < 24; nth++) {
      await writeFile(scans(name, `${String(nth).padStart(4, '0')}.png`), drawScan(96, random));
    }
  }
  await writeFile(scans('README.md'), '# Chest scans\n\nFour findings, drawn by a program for this walk.\n');
  await writeFile(scans('labels.csv'), labels('mass/0000.png,mass'));
  await writeFile(home.path('work', 'train.py'), 'from pathlib import Path\n\n');
  await writeFile(
    home.path('work', 'count.py'),
    'import os, pathlib\n\nscans = pathlib.Path(os.environ["FOREBAY_PATH"])\nprint(len(list(scans.glob("*/*.png"))), "scans")\n',
  );
  ({ server, browser, workbench: bench } = await openEditor(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => bench?.photograph(name));

const page = () => pageOf(bench);
const row = (text: string) => page().getByRole('row').filter({ hasText: text });
const dataset = (text: string | RegExp) => bench.row('Datasets', text);
const overview = (text: RegExp) => bench.row('Overview', text);
const change = (name: RegExp) => bench.page.locator('.scm-view').getByRole('treeitem', { name });

/** In both themes; `drawn` waits until a page is drawn anew. */
async function picture(name: string, drawn: () => Promise<unknown> = async () => {}): Promise<void> {
  await bench.clearNotifications();
  for (const [theme, suffix] of [
    ['vs-dark', '-dark'],
    ['vs', ''],
  ] as const) {
    await chooseTheme(bench, theme);
    await drawn();
    // No row is pointed at.
    await bench.page.mouse.move(1000, 12);
    await bench.screenshot(`walk-${name}${suffix}`);
  }
}
const ofPage = async () => {
  await expect.poll(() => page().locator('.fb-tile-blank').count()).toBe(0);
  await settled(bench);
};

describe('a walk through Forebay in VS Code', () => {
  test('1. an empty side bar says what comes next', async () => {
    await bench.openSideBar('Forebay');
    await bench.view('Datasets').getByText('No datasets yet.').waitFor();
    await overview(/^Next step: Sync a folder/).waitFor();
    await bench.view('Datasets').getByText('See the four steps').click();
    await expect.poll(() => bench.page.locator('.getting-started-step').count()).toBe(4);
    await picture('1-empty');
    await bench.command('View: Close All Editors');
  });

  test('2. a folder becomes a dataset', async () => {
    await overview(/^Next step: Sync a folder/).click();
    await bench.pick('Sync which folder?', 'Choose another folder…');
    await bench.chooseFolder('Sync which folder?', 'chest-scans');
    await bench.answer('Name of the dataset', 'chest-scans');
    const input = bench.quickInput.filter({ hasText: 'Describe the first version' });
    await input.waitFor();
    await input.locator('input.input').first().fill('as they came');
    // The palette, which changes the theme, would close the question.
    await bench.photograph('walk-2-sync');
    await bench.page.keyboard.press('Enter');
    await bench.notification(/Made chest-scans@v1: 98 files/).waitFor();
    await bench.clearNotifications();
  });

  test('3. its files are looked at', async () => {
    await bench.expand(dataset(/^Dataset chest-scans/));
    await bench.menu(dataset(/^Version 1 of chest-scans/), 'Open dataset');
    await row('effusion').dblclick();
    await page().getByRole('button', { name: 'As pictures' }).click();
    await expect.poll(() => page().locator('.fb-root canvas').count()).toBeGreaterThan(8);
    await picture('3-files', ofPage);
  });

  test('4. what changes in the folder is in Source Control', async () => {
    await rm(scans('mass', '0000.png'));
    for (let nth = 1; nth < 4; nth++) await rm(scans('mass', `${String(nth).padStart(4, '0')}.png`));
    await writeFile(scans('labels.csv'), labels('mass/0008.png,mass'));
    await bench.page
      .locator('.activitybar')
      .getByRole('tab', { name: /^Source Control/ })
      .click();
    await change(/labels\.csv/).click();
    await bench.page.locator('.monaco-diff-editor .modified').getByText('mass/0008.png').waitFor();
    await change(/0003\.png/).waitFor();
    await bench.page.locator('.scm-input .monaco-editor').first().click();
    await bench.page.keyboard.type('relabelled');
    await picture('4-changes');
    await bench.page.locator('.scm-input .monaco-editor').first().click();
    await bench.page.keyboard.press('Control+Enter');
    await bench.notification(/Made chest-scans@v2: .*1 changed, 4 removed/).waitFor();
  });

  test('5. the next version tells what changed, and is compared with the one before', async () => {
    await bench.openSideBar('Forebay');
    await bench.command('View: Close All Editors');
    await bench.menu(dataset(/^Dataset chest-scans/), 'Open dataset');
    await row('relabelled').waitFor();
    await page().getByLabel('Select v1').check();
    await page().getByLabel('Select v2').check();
    await picture('5-versions', ofPage);
    await page().getByRole('button', { name: 'Compare v1 … v2' }).click();
    await page()
      .getByRole('treeitem', { name: /^labels\.csv/ })
      .click();
    await page().getByText('mass/0008.png').first().waitFor();
    await picture('6-compare', ofPage);
  });

  test('6. it is cached, and the cache says what it holds', async () => {
    await bench.inline(dataset(/^Version 2 of chest-scans/), 'Cache version');
    await bench.notification(/chest-scans@v2 is ready on local/).waitFor();
    await bench.command('Forebay: Open caches');
    await row('chest-scans').waitFor();
    await picture('7-caches', ofPage);
  });

  test('7. a script opens it, and says which version that is', async () => {
    await bench.command('View: Close All Editors');
    await bench.openFile('train.py');
    await bench.page.keyboard.press('Control+End');
    await overview(/^Next step: Insert mount code/).click();
    await bench.page
      .locator('.codelens-decoration', { hasText: /chest-scans@v2 · .* · cached on local/ })
      .waitFor();
    await bench.page.keyboard.press('Control+S');
    await picture('8-script');
  });

  test('8. a run remembers what it used', async () => {
    await bench.command('Terminal: Create New Terminal');
    const terminal = bench.page.locator('.terminal.xterm').filter({ visible: true }).last();
    await expect.poll(() => terminal.locator('.xterm-rows').innerText()).toMatch(/[#$]/);
    await terminal.click();
    await bench.page.keyboard.type('PS1="$ "; clear\n');
    await bench.page.keyboard.type('forebay run --data chest-scans@v2 --name counted -- python3 count.py\n');
    await bench.row('Runs', /^Run counted, finished/).waitFor();
    await terminal.locator('.xterm-rows').getByText('92 scans').waitFor();
    await bench.menu(dataset(/^Version 2 of chest-scans/), 'Show lineage');
    await page().getByText('counted').first().waitFor();
    await picture('9-lineage', ofPage);
  });
});
