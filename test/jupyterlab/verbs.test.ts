import { mkdir, writeFile } from 'node:fs/promises';
import { onlyJupyterLab, verbs } from '@forebay/core/ui/verbs';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import type { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

beforeAll(async () => {
  home = await newHome();
  const folder = home.path('work', 'scans');
  await mkdir(folder, { recursive: true });
  for (const name of ['a', 'b']) {
    await writeFile(`${folder}/${name}.csv`, 'id,label\n1,mass\n');
    await home.run('-C', folder, 'data', 'init', 'scans');
    await home.json('-C', folder, 'data', 'sync');
  }
  ({ server, browser, lab } = await openLab(home));
  await lab.openPanel();
  await lab.row(/^v2, latest/).click();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
afterEach(() => lab?.closeNotifications());
keepFailures((name) => lab?.screenshot(name));

const versions = async () => {
  const all = await home.json<{ version: number; tags: string[] }[]>('data', 'log', 'scans');
  return all.map(({ version, tags }) => [version, ...tags]);
};

const description = async () =>
  (await home.json<{ description: string }>('data', 'describe', 'scans')).description;

/** Takes the version that is chosen in the side bar, which the dialog offers. */
const accept = (title: string, button = 'Ok') =>
  lab.dialog(title).getByRole('button', { name: button, exact: true }).click();

test('every verb of both editors is in the palette, in the same words', async () => {
  await lab.page.keyboard.press('Control+Shift+C');
  const palette = lab.page.locator('.lm-CommandPalette');
  await palette.locator('input').fill('forebay');
  const said = palette.locator('.lm-CommandPalette-itemLabel');
  const both = Object.values(verbs).flatMap((actions) => Object.values(actions));
  const table = [...both, onlyJupyterLab.app.open[0]];
  // The search finds letters apart too, so others may stand there.
  await expect.poll(() => said.allInnerTexts()).toEqual(expect.arrayContaining(table));
  await lab.screenshot('verbs');
  await lab.page.keyboard.press('Escape');
});

test('the menu has every verb too, by what it is about', async () => {
  const { page } = lab;
  await page.getByRole('menuitem', { name: 'Forebay' }).click();
  const labels = page.locator('.lm-Menu .lm-Menu-itemLabel');
  for (const [about, verb] of [
    ['Version', verbs.version.tag],
    ['Cache', verbs.cache.pin],
    ['Runs', verbs.experiment.star],
  ] as const) {
    await labels.getByText(about, { exact: true }).hover();
    await labels.getByText(verb, { exact: true }).waitFor();
    await lab.screenshot(`menu-${about}`);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await labels.first().waitFor({ state: 'detached' });
});

test('a page that comes while a palette is open waits for it, and is then in front', async () => {
  const { page } = lab;
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/forebay/api/v1/datasets/scans/versions/*', async (route) => {
    await held;
    await route.continue();
  });
  await lab.command('Show lineage');
  const asked = page.waitForRequest('**/datasets/scans/versions/*');
  await accept('Show lineage');
  const answered = (await asked).response();
  await page.keyboard.press('Control+Shift+C');
  const palette = page.locator('.jp-ModalCommandPalette');
  await palette.locator('input').fill('open ca');
  release();
  await answered;
  await page.unroute('**/forebay/api/v1/datasets/scans/versions/*');
  // Whoever goes on to type still types there.
  await page.keyboard.type('ches');
  await palette.locator('.lm-mod-active', { hasText: 'Open caches' }).waitFor();
  expect(await palette.locator('input').inputValue()).toBe('open caches');
  const current = page.locator('.lm-TabBar-tab.jp-mod-current');
  expect(await current.innerText()).not.toContain('Lineage');
  await page.keyboard.press('Escape');
  await palette.waitFor({ state: 'hidden' });
  await expect.poll(() => current.innerText()).toContain('Lineage');
  await expect.poll(() => page.evaluate(`document.activeElement.closest('.fb-root') !== null`)).toBe(true);
});

test('a tag is given, and Undo takes it away', async () => {
  await lab.command('Tag version…');
  await accept('Tag version…');
  await lab.dialog('Tag scans@v2').locator('input').fill('for-paper');
  await accept('Tag scans@v2', 'Tag');
  const tagged = lab.notification('scans@for-paper is scans@v2');
  await tagged.waitFor();
  expect(await versions()).toEqual([[2, 'for-paper'], [1]]);
  await lab.screenshot('tagged');
  await tagged.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(versions).toEqual([[2], [1]]);
});

test('a description is given and comes back', async () => {
  await lab.command('Describe dataset…');
  await accept('Describe dataset…');
  await lab.dialog('Describe scans').locator('input').fill('NIH chest X-rays');
  await accept('Describe scans', 'Next');
  await accept('Labels of scans', 'Describe');
  const described = lab.notification('scans has another description');
  await described.waitFor();
  expect(await description()).toBe('NIH chest X-rays');
  await described.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(description).toBe('');
});

test('a version that is to be removed stays where somebody takes it back', async () => {
  await lab.command('Remove version…');
  await accept('Remove version…');
  await lab.dialog('Remove scans@v2 for everybody?').waitFor();
  await lab.screenshot('remove');
  await accept('Remove scans@v2 for everybody?', 'Remove');
  const held = lab.notification('Removing scans@v2 in 10 s');
  await held.getByRole('button', { name: 'Undo' }).click();
  await lab.notification('scans@v2 stays.').waitFor();
  expect(await versions()).toEqual([[2], [1]]);
});
