import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { differsFromBaseline } from '../support/browser/baseline.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { drawScan } from '../support/data/scan.ts';
import { seeded } from '../support/data/tree.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import type { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

/** The way of somebody who has just installed Forebay, from a folder of pictures to a notebook that says what it used. */
let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

const scans = (...path: string[]) => home.path('work', 'chest-scans', ...path);

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
  await writeFile(scans('labels.csv'), 'file,finding\neffusion/0000.png,effusion\nmass/0000.png,mass\n');
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const page = () => lab.front;
const row = (text: string) => page().getByRole('row').filter({ hasText: text });

/** While a dialog lies over a page: a mask would lie over the dialog. */
const masked = 'dialog.fb-dialog, #forebay-panel, #jp-bottom-panel';

/** In both themes, without what passes by. */
async function picture(name: string): Promise<void> {
  await looksAsBefore(name);
  await lab.theme('JupyterLab Dark');
  await looksAsBefore(`${name}-dark`);
  await lab.theme('JupyterLab Light');
}

/** Times, what this disk has free, names of folders made for this test, and what JupyterLab counts. */
const changing = [
  '.fb-number',
  '.fb-cell-number',
  '.jp-DirListing-itemModified',
  '.fb-age',
  '.fb-file-modified',
  '.fb-dataset-facts',
  '.fb-version-select',
  '.fb-cache-level-path',
  '.fb-set-up-line',
  '.fb-mounted-what code',
  '.fb-caching-will',
  '.fb-face-offline strong',
  '#jp-main-statusbar',
];

async function looksAsBefore(name: string, where: Locator = lab.page.locator('body')): Promise<void> {
  await lab.lookAway();
  await expect.poll(() => page().locator('.fb-tile-blank, [aria-busy=true]').count()).toBe(0);
  const found = changing.map((each) => where.locator(each));
  await expect.poll(() => differsFromBaseline(lab.page, name, found), { message: name }).toBe(0);
  await lab.screenshot(`walk-${name}`);
}

async function syncFromFileBrowser(message: string): Promise<void> {
  const files = lab.page.getByRole('tab', { name: /File Browser/ });
  if ((await files.getAttribute('aria-selected')) !== 'true') await files.click();
  const folder = lab.page.locator('#filebrowser .jp-DirListing-item', { hasText: 'chest-scans' });
  await folder.click({ button: 'right' });
  await lab.page.locator('.lm-Menu').getByRole('menuitem', { name: 'Sync folder as new version…' }).click();
  const dialog = lab.page.locator('.jp-Dialog');
  await dialog
    .getByText(/added|changed|removed/)
    .first()
    .waitFor();
  await dialog.getByRole('textbox', { name: 'Message' }).fill(message);
}

describe('a walk through Forebay in JupyterLab', () => {
  test('1. an empty side bar says what comes next', async () => {
    await lab.openPanel();
    await lab.panel.getByText('No datasets yet').waitFor();
    await picture('1-empty');
  });

  test('2. a folder becomes a dataset', async () => {
    await syncFromFileBrowser('as they came');
    // The palette, which changes the theme, would close the dialog.
    await lab.screenshot('walk-2-sync');
    await lab.page.locator('.jp-Dialog').getByRole('button', { name: 'Sync', exact: true }).click();
    await lab
      .notification(/chest-scans@v1/)
      .getByRole('button', { name: 'Open dataset' })
      .click();
    await page().getByRole('heading', { name: 'chest-scans' }).waitFor();
    await lab.closeNotifications();
  });

  test('3. its files are looked at', async () => {
    await page().getByRole('tab', { name: 'Files' }).click();
    await page().getByText('effusion').first().waitFor();
    await picture('3-files');
    await page().getByRole('button', { name: 'As pictures' }).click();
    await page().getByText('effusion').first().dblclick();
    await expect.poll(() => page().locator('.fb-tile canvas').count()).toBe(24);
    await picture('3-pictures');
    await page().getByRole('tab', { name: 'Statistics' }).click();
    await page().getByRole('heading', { name: 'Sample' }).waitFor();
    await expect.poll(() => page().locator('.fb-sample canvas').count()).toBe(24);
    await picture('4-statistics');
  });

  test('4. the next version tells what changed', async () => {
    for (let nth = 0; nth < 8; nth++) await rm(scans('mass', `${String(nth).padStart(4, '0')}.png`));
    await writeFile(scans('labels.csv'), 'file,finding\neffusion/0000.png,effusion\nmass/0008.png,mass\n');
    await syncFromFileBrowser('drop 8 duplicates');
    await lab.page.locator('.jp-Dialog').getByRole('button', { name: 'Sync', exact: true }).click();
    await page().getByRole('tab', { name: 'Versions' }).click();
    await row('drop 8 duplicates').waitFor();
    await lab.closeNotifications();
    await lab.openPanel();
    await page().getByLabel('Select v1').check();
    await page().getByLabel('Select v2').check();
    await picture('5-versions');
    await page().getByRole('button', { name: 'Compare v1 … v2' }).click();
    await page().getByText('labels.csv').first().waitFor();
    await page().getByText('mass').first().waitFor();
    await picture('6-compare');
  });

  test('5. it is cached, and the cache says what it holds', async () => {
    await lab.act(lab.row(/^v2, latest/), 'Cache version');
    await lab.row(/^v2, latest, .* Cached on local$/).waitFor();
    await lab.closeNotifications();
    await lab.command('Open caches');
    await row('chest-scans').waitFor();
    await picture('7-caches');
  });

  test('6. a notebook opens it, and remembers', async () => {
    await lab.page.locator('.lm-TabBar-tab', { hasText: 'Launcher' }).click();
    await lab.page.locator('.jp-LauncherCard', { hasText: 'Python 3' }).first().click();
    await lab.page.locator('.jp-StatusBar-Widget').getByText('Python 3 (ipykernel) | Idle').waitFor();
    await lab.row(/^v2, latest/).click({ button: 'right', position: { x: 30, y: 12 } });
    await lab.page.locator('.lm-Menu').getByRole('menuitem', { name: 'Insert mount code' }).click();
    await expect.poll(() => lab.code(lab.page.locator('.jp-Cell.jp-mod-active'))).toContain('chest-scans@v2');
    await lab.runActiveCell();
    await lab.page.locator('.fb-mounted').getByText('chest-scans@v2').waitFor();
    await picture('8-notebook');
    await lab.page.locator('.fb-mounted').getByRole('button', { name: 'chest-scans@v2' }).click();
    await page().getByRole('tab', { name: 'Lineage' }).click();
    await page().locator('.fb-lineage').getByText('.ipynb').first().waitFor();
    await picture('9-lineage');
  });

  test('7. a choice of caches, the set-up, and what there is not yet', async () => {
    await lab.openPanel();
    await inBothThemes(async (theme) => {
      await lab.command('Open all datasets');
      await row('chest-scans').waitFor();
      await looksAsBefore(`10-datasets${theme}`);
      await lab.command('Set up lake and caches');
      await page().getByRole('button', { name: 'Test lake' }).waitFor();
      await looksAsBefore(`11-set-up${theme}`);
      await lab.command('Open runs');
      await page().getByText('No runs yet').waitFor();
      await looksAsBefore(`12-no-runs${theme}`);
      await lab.menu(lab.row(/^v1, /), 'Cache version…');
      const dialog = lab.page.locator('dialog.fb-dialog');
      await dialog.getByRole('radio', { name: /^local/ }).waitFor();
      await looksAsBefore(`13-caching${theme}`, lab.page.locator(masked));
      await lab.page.keyboard.press('Escape');
    });
  });

  test('8. what waits, and what fails, says so', async () => {
    const { page: window } = lab;
    const tab = (name: string) => page().getByRole('tab', { name }).click();
    await window.route('**/forebay/api/v1/**/statistics*', () => undefined);
    await window.route('**/forebay/api/v1/lineage?*', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify(damaged),
      }),
    );
    const ofItsRuns = ({ pathname, searchParams }: URL) =>
      pathname.endsWith('/api/v1/runs') && searchParams.has('filter');
    await window.route(ofItsRuns, (route) => route.abort());
    await lab.command('Open dataset');
    await lab.page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
    await inBothThemes(async (theme) => {
      await tab('Statistics');
      await page().getByRole('status', { name: 'Counting files' }).waitFor();
      await looksAsBefore(`14-waits${theme}`);
      await tab('Lineage');
      await page().getByText('This could not be read').waitFor();
      await looksAsBefore(`15-failed${theme}`);
      await tab('Used by');
      await page().getByText('Offline since').first().waitFor();
      await looksAsBefore(`16-offline${theme}`);
    });
    await window.unrouteAll({ behavior: 'ignoreErrors' });
  });
});

async function inBothThemes(take: (suffix: string) => Promise<void>): Promise<void> {
  await take('');
  await lab.theme('JupyterLab Dark');
  await take('-dark');
  await lab.theme('JupyterLab Light');
}

const damaged = {
  code: 'damaged',
  title: 'damaged',
  status: 503,
  detail: 'A page of the manifest of chest-scans@v2 is damaged in the lake.',
  hint: "Repair it with 'forebay data repair chest-scans'.",
};
