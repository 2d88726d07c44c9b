import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { dataset, longPath, twoVersions } from '../support/data/chestScans.ts';
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
  await twoVersions(home);
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const page = () => lab.front;
const line = (name: string | RegExp) => page().getByRole('treeitem', { name });
const side = () => page().getByRole('region', { name: 'File' });

describe('the difference of two versions, in JupyterLab', () => {
  test('opens from a version, and says at once what changed and how much', async () => {
    await lab.openPanel();
    await lab.row(new RegExp(`^${dataset}, `)).waitFor();
    await lab.menu(lab.row(/^v2, latest/), 'Compare with…');
    const choice = lab.dialog('Compare chest-xray@v2 with…');
    await choice.getByRole('button', { name: 'Compare' }).click();
    const kinds = page().getByRole('group', { name: 'What changed' });
    await expect
      .poll(() => kinds.getByRole('button').allInnerTexts())
      .toEqual(['+4 added', '~10 changed', '−12 removed', '⇄3 moved']);
    await line(/^images, folder, 4 added, 5 changed, 12 removed, 3 moved$/).waitFor();
    await line(/^00000100_000\.png, moved from images\/mass\/00000000_000\.png/).waitFor();
    await page()
      .getByRole('row', { name: /^normal .*48 −12$/ })
      .waitFor();
    await lab.screenshot('diff-overview');
  });

  test('folders say how many files of each class there were and are', async () => {
    const balance = page().getByRole('region', { name: 'Files by folder' });
    await balance.getByText('in images').waitFor();
    await balance.getByRole('row', { name: /^effusion .*34 \+4$/ }).waitFor();
    await balance.getByRole('row', { name: /^mass .*17 −3$/ }).waitFor();
    await balance.getByRole('button', { name: 'Up' }).click();
    await expect
      .poll(() => balance.getByRole('rowheader').allInnerTexts())
      .toEqual(['images', 'models', 'notes']);
    await balance.getByRole('button', { name: 'images' }).click();
    await balance.getByRole('row', { name: /^effusion/ }).waitFor();
  });

  test('a text is compared line by line and word by word', async () => {
    await line(/^README\.md, changed/).click();
    await side().getByText('+1 line').waitFor();
    expect(await side().locator('mark').allInnerTexts()).toEqual(expect.arrayContaining(['duplicates']));
    await side()
      .getByRole('button', { name: /equal lines/ })
      .first()
      .waitFor();
    await lab.screenshot('diff-text');
    await side().getByRole('button', { name: 'Unified' }).click();
    await lab.screenshot('diff-text-unified');
    await side().getByRole('button', { name: 'Side by side' }).click();
  });

  test('a table is compared by rows and columns, told apart by its key', async () => {
    await line(/^labels\.csv, changed/).click();
    await side().getByText('+0 rows').waitFor();
    await side().getByText('~5 rows').waitFor();
    await side().getByText('−2 rows').waitFor();
    await side().getByText('+ 1 column: reader').waitFor();
    expect(await side().getByLabel('Rows are told apart by').inputValue()).toBe('image');
    await lab.screenshot('diff-table');
  });

  test('a document is compared by its structure', async () => {
    await line(/^config\.json, changed/).click();
    await side().getByText('3 places differ').waitFor();
    expect(await side().getByRole('rowheader').allInnerTexts()).toEqual([
      '~ lr',
      '~ layers[1].units',
      '+ layers[2]',
    ]);
    await lab.screenshot('diff-json');
  });

  test('pictures stand beside each other, one over the other, or show what differs', async () => {
    await line(/^00000002_000\.png, changed/).click();
    await side().getByRole('img', { name: 'v1' }).waitFor();
    await side().getByRole('img', { name: 'v2' }).waitFor();
    await lab.screenshot('diff-image');
    await side().getByRole('button', { name: 'Swipe' }).click();
    await lab.screenshot('diff-image-swipe');
    await side().getByRole('button', { name: 'Difference' }).click();
    await side()
      .getByText(/% of the pixels differ/)
      .waitFor();
    await lab.screenshot('diff-image-difference');
    await side().getByRole('button', { name: 'Side by side' }).click();
  });

  test('of other files the first byte that differs is found', async () => {
    await line(/^baseline\.pt, changed/).click();
    await side().getByText('The first byte that differs is byte 123,456 (0x1e240)').waitFor();
    await lab.screenshot('diff-binary');
  });

  test('keys walk through the changes, and a filter narrows them', async () => {
    const tree = page().getByRole('tree');
    await tree.focus();
    const chosen = () => page().locator('[role=treeitem][aria-selected=true]').innerText();
    await lab.page.keyboard.press('Home');
    const before = await chosen();
    await lab.page.keyboard.press('n');
    await expect.poll(chosen).not.toBe(before);
    const first = await chosen();
    await lab.page.keyboard.press('n');
    await expect.poll(chosen).not.toBe(first);
    await lab.page.keyboard.press('p');
    await expect.poll(chosen).toBe(first);
    await page().getByRole('button', { name: 'List', exact: true }).click();
    await page()
      .getByRole('button', { name: /12 removed/ })
      .click();
    await expect.poll(() => page().getByRole('treeitem').count()).toBe(12);
    await page()
      .getByRole('button', { name: /12 removed/ })
      .click();
    await page().getByRole('textbox', { name: 'Filter paths' }).fill('OPINION');
    await line(/second-opinion/).waitFor();
    await expect.poll(() => page().getByRole('treeitem').count()).toBe(1);
    await line(/second-opinion/).click();
    await side().getByText('+1 line').waitFor();
    await lab.screenshot('diff-list-filtered');
  });

  test('what a person chose is there again after a reload', async () => {
    await lab.saved(encodeURIComponent(longPath).slice(0, 20));
    await lab.reload();
    await side().getByText('+1 line').waitFor();
    expect(await page().getByRole('textbox', { name: 'Filter paths' }).inputValue()).toBe('OPINION');
    await page().getByRole('textbox', { name: 'Filter paths' }).fill('');
    await side().getByRole('button', { name: 'Back to the overview' }).click();
    await page().getByRole('button', { name: 'Tree', exact: true }).click();
  });

  test('it is usable by keys and screen readers, in the dark and in a narrow window', async () => {
    await page()
      .getByRole('row', { name: /^normal/ })
      .waitFor();
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    await lab.theme('JupyterLab Dark');
    await lab.screenshot('diff-dark');
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    for (const name of [
      /^README\.md/,
      /^labels\.csv/,
      /^config\.json/,
      /^00000002_000\.png, changed/,
      /^baseline\.pt/,
    ]) {
      await line(name).click();
      await side()
        .getByText(/lines?$|rows?$|places? differ|pixels|first byte/)
        .first()
        .waitFor();
      expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
    }
    await lab.screenshot('diff-dark-binary');
    await lab.page.setViewportSize({ width: 640, height: 700 });
    await lab.screenshot('diff-narrow');
    const wide = await page().evaluate((root) => root.scrollWidth - root.clientWidth);
    expect(wide).toBe(0);
    await side().getByRole('button', { name: 'Back to the overview' }).click();
    await page()
      .getByRole('row', { name: /^normal/ })
      .waitFor();
    await lab.screenshot('diff-narrow-overview');
    await lab.page.setViewportSize({ width: 1280, height: 800 });
    await lab.theme('JupyterLab Light');
  });
});
