import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { epochShown, Training } from '../support/training/training.ts';
import { chooseTheme, openEditor } from './editor.ts';
import { pageOf } from './page.ts';
import type { Workbench } from './workbench.ts';

let home: Home;
let training: Training;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;

beforeAll(async () => {
  home = await newHome();
  training = await Training.prepare(home);
  await training.threeRuns();
  ({ server, browser, workbench: bench } = await openEditor(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => bench?.photograph(name));

const page = () => pageOf(bench);
const row = (name: string) => page().getByRole('row').filter({ hasText: name });

describe('runs in VS Code', () => {
  test('stand in a table with what tells them apart', async () => {
    await bench.openSideBar('Forebay');
    await bench.command('Forebay: Open runs');
    await row('first try').waitFor();
    expect(await page().getByRole('columnheader').allInnerTexts()).toEqual(
      expect.arrayContaining(['Name', 'Started', 'Duration', 'Data', 'val_accuracy', 'lr', 'hidden']),
    );
    await bench.screenshot('runs-table');
  });

  test('a run opens from the side bar with its charts and output', async () => {
    await bench.row('Runs', /^Run cleaner data,/).click();
    await page().getByRole('figure', { name: 'loss' }).locator('canvas').waitFor();
    await page().getByText('epoch 11: loss').waitFor();
    await bench.screenshot('run-page');
    await page().getByRole('tab', { name: 'Artifacts' }).click();
    await page()
      .getByRole('button', { name: /confusion.png/ })
      .click();
    const picture = page().getByRole('img', { name: 'confusion.png' });
    await expect
      .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
      .toBeGreaterThan(100);
    await page().getByRole('tab', { name: 'Code' }).click();
    await page().locator('summary', { hasText: 'train.py' }).waitFor();
    await page().getByRole('tab', { name: 'Overview' }).click();
  });

  test('several are compared, in the dark too', async () => {
    await bench.command('Forebay: Open runs');
    for (const name of ['first try', 'wider', 'cleaner data']) await row(name).getByRole('checkbox').click();
    await page().getByRole('button', { name: 'Compare' }).click();
    await page().getByRole('figure', { name: 'loss' }).locator('canvas').waitFor();
    await bench.screenshot('compare');
    await chooseTheme(bench, 'vs-dark');
    await page().locator('summary', { hasText: 'train.py' }).scrollIntoViewIfNeeded();
    await bench.screenshot('compare-dark');
  });

  test('a daemon that is stopped shows at once, what is known stays, and what was logged meanwhile comes', async () => {
    await bench.command('Forebay: Open runs');
    const { ended, letGo } = await training.held('through a stop', 2, 4);
    await row('through a stop').getByRole('button', { name: 'through a stop' }).click({ timeout: 30_000 });
    await letGo(0, 1);
    await page().getByText('epoch 1: loss').waitFor({ timeout: 60_000 });
    await bench.command('Forebay: Open runs');
    await home.run('down');
    await page()
      .getByText(/^Offline since/)
      .waitFor({ timeout: 3000 });
    await row('wider').waitFor();
    await bench.screenshot('runs-offline');
    await letGo(2, 3, 'end');
    await ended;
    await page()
      .getByText(/^Offline since/)
      .waitFor({ state: 'detached' });
    await row('through a stop').getByRole('button', { name: 'through a stop' }).click();
    await page().getByText('epoch 3: loss').waitFor();
    await expect.poll(() => epochShown(page())).toBe(3);
  });

  test('lineage of a version opens from the side bar', async () => {
    const dataset = bench.row('Datasets', /^Dataset digits/);
    await bench.expand(dataset);
    await bench.menu(bench.row('Datasets', /^Version 2 of digits/), 'Show lineage');
    await page().locator('.fb-node', { hasText: 'clean up' }).waitFor();
    await bench.screenshot('lineage');
  });

  test('a run is reproduced from its page, in a terminal that has the command', async () => {
    await bench.row('Runs', /^Run cleaner data,/).click();
    await page().getByRole('button', { name: 'Reproduce run' }).click();
    const terminal = bench.page.locator('.terminal.xterm .xterm-rows').first();
    const printed = async () => (await terminal.innerText()).replaceAll(/\s/g, ' ');
    await expect.poll(printed, { timeout: 20_000 }).toMatch(/forebay reproduce [0-9a-f]{32}/);
    await bench.page.locator('.terminal.xterm textarea').last().focus();
    await bench.page.keyboard.type(' --current-environment --tolerance 0');
    await bench.page.keyboard.press('Enter');
    await expect.poll(printed, { timeout: 60_000 }).toMatch(/are those of cleaner data/);
    await bench.screenshot('reproduced');
  });

  test('axe finds nothing on a run', async () => {
    await bench.row('Runs', /^Run cleaner data,/).click();
    await page().getByRole('figure', { name: 'loss' }).locator('canvas').waitFor();
    expect(await axeFinds(page(), '.fb-root')).toEqual([]);
  });
});
