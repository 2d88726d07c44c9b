import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Cell, exampleData, exampleNotebook } from '../support/data/example.ts';
import { rowsOf } from '../support/data/tables.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import { Training } from '../support/training/training.ts';
import type { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

/** The example of `npm start`, recorded; and runs of the command line beside it. */
let home: Home;
let client: Client;
let training: Training;
let example: Cell | undefined;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

/** Has a cell take only the epochs that it is let, as the scripts of `training` do. */
const lookedAt = `
import time
from pathlib import Path
def looked_at(epochs):
    for epoch in epochs:
        while Path(".hold").exists() and not Path(".hold", str(epoch)).exists():
            time.sleep(0.05)
        yield epoch`;

beforeAll(async () => {
  home = await newHome();
  client = new Client(unixTransport(socketPathOf(home.state, home.env)));
  training = await Training.prepare(home, 'digit-tables');
  await exampleData(home, training.python);
  const notebook = await exampleNotebook();
  example = notebook.cells.find(({ id }) => id === 'train');
  notebook.cells.find(({ id }) => id === 'split')?.source.push(lookedAt);
  await writeFile(home.path('work', 'digits.ipynb'), JSON.stringify(notebook));
  // A terminal's text is drawn; so it is said too.
  const settings = home.path('jupyter', 'settings', '@jupyterlab', 'terminal-extension');
  await mkdir(settings, { recursive: true });
  await writeFile(join(settings, 'plugin.jupyterlab-settings'), '{ "screenReaderMode": true }');
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const page = () => lab.front;
const row = (name: string) => page().getByRole('row').filter({ hasText: name });
const chart = (title: string, by = 'step') => page().getByRole('table', { name: `${title} by ${by}` });
const state = () => page().getByText('State', { exact: true }).locator('..').locator('dd').innerText();
const points = (id: string, key: string) =>
  client.runs.chart(id, { key, most: 800 }).then(({ buckets }) => buckets);

async function openRun(name: string): Promise<void> {
  await lab.command('Open runs');
  await row(name).getByRole('button', { name }).click();
  await page().getByRole('heading', { name }).waitFor();
}

/** In both themes. */
async function picture(name: string): Promise<void> {
  await lab.lookAway();
  await lab.screenshot(`digits-${name}`);
  await lab.theme('JupyterLab Dark');
  await lab.lookAway();
  await lab.screenshot(`digits-${name}-dark`);
  await lab.theme('JupyterLab Light');
}

describe('training on the digits in JupyterLab', () => {
  test('a cell that begins with %%forebay run is recorded, and its points are seen while it trains', async () => {
    await lab.openNotebook('digits.ipynb');
    await lab.cells.first().locator('.cm-content').click();
    await lab.page.keyboard.press('Escape');
    for (let nth = 0; nth < 4; nth++) await lab.page.keyboard.press('Shift+Enter');
    const cell = lab.page.locator('.jp-Cell.jp-mod-active');
    await cell.locator('.cm-line', { hasText: '%%forebay run wide' }).waitFor();
    const code = example?.source.join('') ?? '';
    const narrow = code.replace('run wide', 'run narrow').replace('64', '16');
    await cell.locator('.cm-content').fill(narrow.replace('range(20)', 'looked_at(range(20))'));
    await training.hold(0, 1, 2);
    await lab.page.keyboard.press('Control+Enter');
    await openRun('narrow');
    const loss = async () => (await rowsOf(chart('loss'))).loss;
    await expect.poll(async () => (await loss())?.Points).toBe('3');
    expect(await state()).toBe('running');
    await page()
      .locator('dd', { hasText: /digits@v2 *from cache local/ })
      .waitFor();
    await page().getByText('epoch 2: loss').waitFor();
    await picture('live');
    await training.release();
    await expect.poll(state).toBe('finished');
    // A cell is no command.
    expect(await page().getByRole('button', { name: 'Reproduce run' }).count()).toBe(0);
    await expect.poll(loss).toMatchObject({ From: '0', To: '19', Points: '20', 'No number at': 'none' });
    const [run] = await home.json<{ id: string }[]>('runs', 'ls', '--filter', "run_name = 'narrow'");
    const logged = await points(run?.id ?? '', 'loss');
    const shown = Number((await loss())?.Newest);
    expect(shown).toBeCloseTo(logged.at(-1)?.last ?? Number.NaN, 4);
  });

  test('run again with another parameter, it is compared: what differs, and both lines', async () => {
    await lab.page.locator('.lm-TabBar-tab', { hasText: 'digits.ipynb' }).click();
    const cell = lab.page.locator('.jp-CodeCell', { hasText: '%%forebay run narrow' });
    await cell.locator('.cm-content').fill(example?.source.join('') ?? '');
    await lab.page.keyboard.press('Control+Enter');
    await lab.output('on 449 images of digits@v2').waitFor();
    await lab.output('on 449 images of digits@v2').scrollIntoViewIfNeeded();
    await picture('notebook');
    await lab.command('Open runs');
    for (const name of ['narrow', 'wide']) await row(name).getByRole('checkbox').click();
    await page().getByRole('button', { name: 'Compare' }).click();
    const differences = page().getByRole('region', { name: 'Differences' });
    const differing = async () => Object.keys(await rowsOf(differences.getByRole('table')));
    const measured = ['loss', 'train_accuracy', 'val_accuracy'].map((key) => `metric ${key}`);
    await expect.poll(differing).toEqual(['param hidden', ...measured]);
    await expect.poll(async () => Object.keys(await rowsOf(chart('loss')))).toEqual(['wide', 'narrow']);
    await picture('compare');
  });

  test("a run of the command line is done again by a button of its page, in JupyterLab's terminal", async () => {
    await training.run('seeded', 2, '--epochs', '3', '--hidden', '24');
    await openRun('seeded');
    await page().getByRole('button', { name: 'Reproduce run' }).click();
    const terminal = lab.page.locator('.jp-Terminal:not(.lm-mod-hidden)');
    const printed = async () =>
      (await terminal.locator('.xterm-accessibility-tree').innerText()).replaceAll(/\s/g, ' ');
    await expect.poll(printed).toMatch(/forebay reproduce [0-9a-f]{32}/);
    await terminal.locator('textarea.xterm-helper-textarea').focus();
    await lab.page.keyboard.type(' --current-environment --tolerance 0');
    await lab.page.keyboard.press('Enter');
    await expect
      .poll(printed, { timeout: 60_000 })
      .toContain('The metrics of seeded-again are those of seeded.');
    await picture('reproduce');
  });
});

describe("a run's page in JupyterLab", () => {
  let ended: Promise<void>;

  const output = () => page().getByRole('region', { name: 'Output' });
  const lines = () => output().getByRole('log');
  /** Lines that are in sight, not only there. */
  const inSight = () =>
    lines().evaluate((box) => {
      const { top, bottom } = box.getBoundingClientRect();
      return [...box.querySelectorAll('pre')]
        .filter(
          (line) => line.getBoundingClientRect().top >= top && line.getBoundingClientRect().bottom <= bottom,
        )
        .map((line) => line.textContent ?? '');
    });
  const sees = (line: number, timeout = 20_000) =>
    expect.poll(async () => (await inSight()).some((text) => text.startsWith(`line ${line}:`)), { timeout });

  test('follows what is printed until somebody scrolls, and again when it is told to', async () => {
    await training.hold();
    ended = training.script('show.py', 'odd', 1);
    await openRun('odd');
    // MLflow and Matplotlib are loaded first, which takes a busy machine long.
    await sees(200, 60_000).toBe(true);
    await lines().hover();
    await lab.page.mouse.wheel(0, -600);
    const follow = output().getByRole('button', { name: 'Follow' });
    await follow.waitFor();
    const before = await inSight();
    await training.letGo(0);
    await expect.poll(() => lines().evaluate((box) => box.scrollHeight)).toBeGreaterThan(390 * 18);
    expect(await inSight()).toEqual(before);
    await follow.click();
    await follow.waitFor({ state: 'detached' });
    await sees(400).toBe(true);
    await training.letGo(1);
    await sees(600).toBe(true);
  });

  test('finds words in what was printed, one after the other', async () => {
    await output().getByRole('textbox', { name: 'Search the output' }).fill('WARNING');
    await output().getByText('1 of 6').waitFor();
    const found = () => lines().locator('.fb-found').innerText();
    for (const [button, count, line] of [
      ['Next one', '2 of 6', 180],
      ['One before', '1 of 6', 90],
      ['One before', '6 of 6', 540],
    ] as const) {
      await output().getByRole('button', { name: button }).click();
      await output().getByText(count).waitFor();
      await expect.poll(found).toBe(`line ${line}: a warning of the scheduler`);
      await sees(line).toBe(true);
    }
    await lab.screenshot('run-output-search');
    await output().getByRole('textbox', { name: 'Search the output' }).fill('nothing like it');
    await output().getByText('not found').waitFor();
    await output().getByRole('button', { name: 'Clear' }).click();
    await training.release();
    await ended;
    await expect.poll(state).toBe('finished');
  });

  test('draws what is no number as a gap with a mark', async () => {
    await expect
      .poll(async () => (await rowsOf(chart('loss'))).loss)
      .toEqual({
        ...{ From: '0', To: '9', Points: '7', First: '0.9', Newest: '0.35', Least: '0.35', Greatest: '0.9' },
        'No number at': '3, 6, 7',
      });
    await lab.lookAway();
    await lab.screenshot('run-gaps');
  });

  test('shows what the machine did beside the metrics, on an axis of time', async () => {
    const [odd] = await home.json<{ id: string }[]>('runs', 'ls', '--filter', "run_name = 'odd'");
    const { metrics } = await client.runs.get(odd?.id ?? '');
    const key = 'system/run_memory_megabytes';
    const memory = async () => (await rowsOf(chart('Run memory, MB', 'time since the start')))[key];
    await page().getByRole('figure', { name: 'Run memory, MB' }).scrollIntoViewIfNeeded();
    await expect.poll(async () => Number((await memory())?.Newest)).toBeCloseTo(metrics[key]?.value ?? 0, 1);
    const greatest = Number((await memory())?.Greatest);
    expect(greatest).toBeGreaterThan(20);
    expect(greatest).toBeLessThan(4000);
    const all = await page()
      .getByRole('figure')
      .evaluateAll((figures) => figures.map((each) => each.getAttribute('aria-label')));
    expect(all[0]).toBe('loss');
    expect(all.indexOf('Run CPU, %')).toBeLessThan(all.indexOf('Run memory, MB'));
    await lab.screenshot('run-resources');
  });

  test('shows each kind of file as what it is', async () => {
    await page().getByRole('tab', { name: 'Artifacts' }).click();
    const files = page().getByRole('list', { name: 'Artifacts' });
    const choose = (name: string | RegExp) => files.getByRole('button', { name }).click();
    const viewer = (name: string) => page().getByRole('region', { name });
    await choose(/^report/);
    await choose(/scores.csv/);
    expect(await rowsOf(viewer('report/scores.csv').getByRole('table'))).toEqual({
      0: { precision: '0.98' },
      1: { precision: '0.91' },
    });
    await choose(/settings.json/);
    await expect
      .poll(() => viewer('report/settings.json').locator('pre').innerText())
      .toBe(JSON.stringify({ lr: 0.1, layers: [64, 32] }, null, 2));
    await choose(/notes.md/);
    await viewer('notes.md').getByText('Nothing odd but the numbers.').waitFor();
    await choose(/loss.png/);
    const picture = viewer('loss.png').getByRole('img', { name: 'loss.png' });
    await expect.poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(512);
    await lab.screenshot('run-artifact-picture');
    await choose(/weights.bin/);
    await viewer('weights.bin').getByText('Only its own program can show it.').waitFor();
    const coming = lab.page.waitForEvent('download');
    await viewer('weights.bin').getByRole('button', { name: 'Save…' }).click();
    expect(await readFile(await (await coming).path())).toEqual(
      Buffer.from([...Array(4096).keys()].map((each) => each % 256)),
    );
  });
});
