import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import { Training } from '../support/training/training.ts';
import type { Lab } from './lab.ts';
import { longName, openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

beforeAll(async () => {
  home = await newHome();
  const training = await Training.prepare(home);
  await training.threeRuns();
  for (const name of ['mammograms', longName]) {
    const folder = home.path('work', name);
    await mkdir(folder);
    await writeFile(join(folder, 'a.csv'), 'id,label\n1,normal\n');
    await home.run('-C', folder, 'data', 'init', name);
    await home.json('-C', folder, 'data', 'sync', '-m', 'as delivered');
  }
  await home.run('data', 'describe', 'mammograms', '-m', 'Screening, 2019 to 2024', '--label', 'radiology');
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const page = () => lab.front;
const row = (text: string | RegExp) => page().getByRole('row').filter({ hasText: text });
const names = () => page().locator('.fb-grid-body .fb-open').allInnerTexts();

describe('datasets in JupyterLab', () => {
  test('stand in a table with what people look for', async () => {
    await lab.page.locator('.jp-LauncherCard', { hasText: 'Datasets' }).click();
    await row('digits').waitFor();
    const usual = ['Name', 'Newest', 'Cached', 'Size', 'Files', 'Changed', 'Author'];
    const headers = () => page().getByRole('columnheader').allInnerTexts();
    expect(await headers()).toEqual([...usual, 'Last used']);
    await row('digits').getByText('local').waitFor();
    await expect(row('digits').getByRole('gridcell').last().innerText()).resolves.toMatch(/now|\d+ (s|min)/);
    // Without the side bar there is room for more.
    await lab.page.keyboard.press('Control+b');
    await expect.poll(headers).toEqual([...usual, 'Labels', 'Last used']);
    await row('mammograms').getByText('radiology').waitFor();
    await lab.screenshot('datasets-wide');
    await lab.page.keyboard.press('Control+b');
    await expect.poll(headers).toEqual([...usual, 'Last used']);
    await lab.screenshot('datasets');
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
  });

  test('are there again after their page was closed', async () => {
    const tab = lab.page.locator('.lm-DockPanel-tabBar .lm-TabBar-tab', { hasText: 'Datasets' });
    await tab.locator('.lm-TabBar-tabCloseIcon').click();
    await page().waitFor({ state: 'detached' });
    await lab.command('Open all datasets');
    await row('digits').waitFor();
  });

  test('are searched in all that is said of them, filtered and sorted', async () => {
    await page().getByLabel('Search datasets').fill('screening radiology');
    await expect.poll(names).toEqual(['mammograms']);
    await page().getByLabel('Search datasets').fill('');
    await page().getByLabel('Which datasets').selectOption('cached');
    await expect.poll(names).toEqual(['digits']);
    await page().getByLabel('Which datasets').selectOption('all');
    await page().getByRole('button', { name: 'Name', exact: true }).click();
    await expect.poll(names).toEqual(['digits', 'mammograms', expect.stringContaining('national')]);
    await page().getByLabel('Search datasets').fill('nothing like it');
    await page().getByText('No dataset is like that').waitFor();
    await lab.screenshot('datasets-none');
    await page().getByRole('button', { name: 'Show all datasets' }).click();
  });

  test('a version that is made elsewhere is in the table by itself', async () => {
    await writeFile(home.path('work', 'mammograms', 'c.txt'), 'more');
    await home.json('-C', home.path('work', 'mammograms'), 'data', 'sync', '-m', 'one more');
    await row('mammograms').getByText('v2').waitFor();
  });

  test('one dataset shows its versions, what changed, who made them and who used them', async () => {
    await row('digits').getByRole('button', { name: 'digits' }).click();
    await row('v2').getByText('1 run').waitFor();
    const lastHeaders = async () => (await page().getByRole('columnheader').allInnerTexts()).slice(-4);
    expect(await lastHeaders()).toEqual(['Size', 'Used by', 'Cached', 'Actions']);
    await lab.page.keyboard.press('Control+b');
    await page().getByRole('columnheader', { name: 'Made by' }).waitFor();
    await lab.page.keyboard.press('Control+b');
    await lab.screenshot('dataset-versions');
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    await page().getByLabel('Select v1').check();
    await page().getByLabel('Select v2').check();
    await page().getByRole('button', { name: 'Compare v1 … v2' }).click();
    await lab.page.locator('.lm-TabBar-tab', { hasText: 'digits v1 → v2' }).waitFor();
    await lab.page.locator('.lm-TabBar-tab', { hasText: /^digits$/ }).click();
    await page().getByRole('tab', { name: 'Used by' }).click();
    await row('first try').waitFor();
    await lab.screenshot('dataset-uses');
    await page().getByRole('tab', { name: 'Lineage' }).click();
    await page().locator('.fb-lineage').getByText('cleaner data').waitFor();
    await lab.screenshot('dataset-lineage');
  });

  test('what a dataset is, and its labels, are written where they are read', async () => {
    await page().getByRole('button', { name: 'Edit description' }).click();
    await page().getByLabel('Description').fill('Handwritten digits, 8 by 8 pixels');
    await page().getByLabel('Description').press('Control+Enter');
    await page().getByText('Handwritten digits, 8 by 8 pixels').waitFor();
    await page().getByLabel('Add a label').fill('example');
    await page().getByLabel('Add a label').press('Enter');
    await page().getByRole('button', { name: 'Take example away' }).waitFor();
    await page().getByLabel('Add a label').fill('<b>');
    await page().getByLabel('Add a label').press('Enter');
    await page().getByText("'<b>' can't be a label.").waitFor();
    expect(await page().getByLabel('Add a label').inputValue()).toBe('<b>');
    const { description, labels } = await home.json<{ description: string; labels: string[] }>(
      ...['data', 'describe', 'digits'],
    );
    expect([description, labels]).toEqual(['Handwritten digits, 8 by 8 pixels', ['example']]);
  });

  test('open from their rows in the side bar, by the keyboard too', async () => {
    await lab.openPanel();
    await lab.row(/^mammograms/).click();
    await lab.tree.focus();
    await lab.page.keyboard.press('Enter');
    await page().getByRole('heading', { name: 'mammograms' }).waitFor();
    await page().getByText('Screening, 2019 to 2024').waitFor();
    await lab.page.locator('.lm-TabBar-tab', { hasText: /^digits$/ }).click();
  });

  test('who has no mouse goes to a version, to the run that used it, and back', async () => {
    const { keyboard } = lab.page;
    const active = () => page().locator('.fb-grid-active').innerText();
    const focused = () => lab.page.evaluate<string>('document.activeElement.textContent');
    await page().getByRole('tab', { name: 'Versions' }).click();
    await page().getByRole('grid').focus();
    await keyboard.press('End');
    await expect.poll(active).toContain('v1');
    await keyboard.press('ArrowUp');
    await expect.poll(active).toContain('v2');
    const isOnRuns = async () => {
      await keyboard.press('ArrowRight');
      return focused();
    };
    await expect.poll(isOnRuns).toBe('1 run');
    await keyboard.press('Enter');
    await row('cleaner data').waitFor();
    await page().getByRole('grid').focus();
    await keyboard.press('Enter');
    await page().getByRole('heading', { name: 'cleaner data' }).waitFor();
    await lab.page.locator('.lm-TabBar-tab', { hasText: /^digits$/ }).click();
    await page().getByRole('grid').focus();
    await keyboard.press('ArrowRight');
    await keyboard.press('ArrowLeft');
    await keyboard.press('Space');
    await page().getByLabel('Select v2').and(page().locator(':checked')).waitFor();
    await keyboard.press('Space');
    await page().getByRole('tab', { name: 'Lineage' }).click();
  });

  test('pages are as they were after a reload, in the dark too', async () => {
    await lab.openPanel();
    await lab.row(/^digits/).click();
    await lab.row(/^v2, latest, .*digits that nothing/).waitFor();
    await lab.theme('JupyterLab Dark');
    await lab.saved('forebay-dataset-digits');
    await lab.saved('"expanded": ["mammograms", "digits"]');
    await lab.reload();
    await lab.row(/^v2, latest, .*digits that nothing/).waitFor();
    await lab.page.getByRole('button', { name: 'Forebay: 2 versions cached' }).waitFor();
    await page().getByRole('tab', { name: 'Lineage', selected: true }).waitFor();
    await page().getByRole('tab', { name: 'Versions' }).click();
    await row('v2').waitFor();
    await lab.screenshot('dataset-versions-dark');
    await lab.page.locator('.lm-TabBar-tab', { hasText: 'Datasets' }).click();
    await row('digits').waitFor();
    await lab.screenshot('datasets-dark');
  });
});
