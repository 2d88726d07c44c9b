import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { placesOf } from '../support/data/drawings.ts';
import { rowsOf } from '../support/data/tables.ts';
import { type Home, newHome } from '../support/home.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { Training } from '../support/training/training.ts';
import { chooseTheme, openEditor } from './editor.ts';
import { pageOf, settled } from './page.ts';
import type { Workbench } from './workbench.ts';

let home: Home;
let client: Client;
let training: Training;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;

beforeAll(async () => {
  home = await newHome();
  client = new Client(unixTransport(socketPathOf(home.state, home.env)));
  training = await Training.prepare(home);
  await training.run('first try', 1, '--lr', '0.05');
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
const chart = (name: string | RegExp) => page().getByRole('table', { name });
const state = () => page().getByText('State', { exact: true }).locator('..').locator('dd').innerText();
const run = async (name: string) => (await client.runs.list({ filter: `run_name = '${name}'` })).items[0];
const points = async (name: string, key: string) => {
  const { buckets } = await client.runs.chart((await run(name))?.id ?? '', { key, most: 800 });
  return buckets.map(({ last, time }) => ({ value: last ?? Number.NaN, time: time.to }));
};

/** In both themes. */
async function picture(name: string): Promise<void> {
  await bench.screenshot(`digits-${name}`);
  await chooseTheme(bench, 'vs-dark');
  await settled(bench);
  await bench.screenshot(`digits-${name}-dark`);
  await chooseTheme(bench, 'vs');
  await settled(bench);
}

const terminal = () => bench.page.locator('.terminal.xterm').filter({ visible: true }).last();
const printed = async () => (await terminal().locator('.xterm-rows').innerText()).replaceAll(/\s/g, ' ');

/** Without the places where lines are broken. */
const echoed = async () => (await terminal().locator('.xterm-rows').innerText()).replaceAll(/\s/g, '');

/** A command, once the shell asks for one. */
async function type(command: string): Promise<void> {
  await bench.quickInput.waitFor({ state: 'hidden' });
  await expect.poll(echoed).toMatch(/[#$]$/);
  await terminal().click();
  await bench.page.keyboard.type(command);
  await expect.poll(echoed).toContain(command.replaceAll(/\s/g, ''));
  await bench.page.keyboard.press('Enter');
}

describe('training on the digits in VS Code', () => {
  test('a run of its terminal is seen while it trains', async () => {
    await bench.openSideBar('Forebay');
    // A terminal that is older than the extension would be started again.
    await bench.row('Runs', /^Run first try,/).waitFor();
    await bench.command('Terminal: Create New Terminal');
    await type("cd digits; . ../../venv/bin/activate; PS1='$ '; clear");
    await training.hold(0, 1, 2);
    await type(
      'forebay run --data digits --name wider --experiment digits -- python train.py --lr 0.2 --hidden 64',
    );
    await expect.poll(printed).toContain('epoch 2: loss');
    await bench.openPageOf(bench.row('Runs', /^Run wider,/), 'wider');
    const loss = async () => (await rowsOf(chart('loss by step'))).val_loss;
    await expect.poll(async () => (await loss())?.Points).toBe('3');
    expect(await state()).toBe('running');
    await page()
      .locator('dd', { hasText: /digits@v2 *from cache local/ })
      .waitFor();
    await page().getByText('epoch 2: loss').waitFor();
    await picture('live');
    await training.release();
    await expect.poll(state).toBe('finished');
    const last = (await points('wider', 'val_loss')).at(-1)?.value ?? Number.NaN;
    await expect.poll(async () => Number((await loss())?.Newest)).toBeCloseTo(last, 4);
    expect((await loss())?.Points).toBe('12');
  });

  test('run again with another parameter and another script, all are compared', async () => {
    await training.edit((script) => script.replaceAll('cut, 64', 'cut, 32'));
    await type(
      'forebay run --data digits --name finer --experiment digits -- python train.py --lr 0.05 --hidden 64',
    );
    await expect.poll(async () => (await run('finer'))?.state).toBe('finished');
    await bench.command('View: Hide Panel');
    await bench.command('Forebay: Open runs');
    for (const name of ['finer', 'wider', 'first try']) await row(name).getByRole('checkbox').click();
    await page().getByRole('button', { name: 'Compare' }).click();
    await expect.poll(async () => Object.keys(await rowsOf(chart('loss by step')))).toHaveLength(6);
    await picture('compare');
  });

  test('a run is done again from its page', async () => {
    await bench.row('Runs', /^Run wider,/).click();
    await page().getByRole('button', { name: 'Reproduce run' }).click();
    await expect.poll(printed).toMatch(/forebay reproduce [0-9a-f]{32}/);
    await terminal().click();
    await bench.page.keyboard.press('Home');
    await bench.page.keyboard.type('. ../venv/bin/activate; ');
    await bench.page.keyboard.press('End');
    await bench.page.keyboard.type(' --current-environment --tolerance 0');
    await bench.page.keyboard.press('Enter');
    await expect
      .poll(printed, { timeout: 60_000 })
      .toContain('The metrics of wider-again are those of wider.');
    await bench.row('Runs', /^Run wider-again, finished/).waitFor();
    await picture('reproduce');
    await bench.command('View: Hide Panel');
  });
});

describe('runs that are compared', () => {
  const region = (name: string) => page().getByRole('region', { name });
  const openComparison = async () => {
    await bench.command('Forebay: Open runs');
    await row('finer').waitFor();
    // They are ticked still.
    await page().getByRole('button', { name: 'Compare' }).click();
    await chart('loss by step').waitFor();
  };
  const bar = (name: string) => region('Charts').getByLabel(name);
  const loss = () => rowsOf(chart(/^loss by /));
  const drawn = () =>
    page()
      .getByRole('figure', { name: 'loss', exact: true })
      .locator('canvas')
      .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());

  /** What is drawn differs once `act` has been done. */
  async function redraws(act: () => Promise<unknown>): Promise<void> {
    const before = await drawn();
    await act();
    await expect.poll(drawn).not.toBe(before);
  }

  test('show what differs, and the rest when it is asked for', async () => {
    await openComparison();
    const rows = () => rowsOf(region('Differences').getByRole('table'));
    const measured = ['train_accuracy', 'train_loss', 'val_accuracy', 'val_loss'].map(
      (key) => `metric ${key}`,
    );
    expect(Object.keys(await rows())).toEqual([
      ...['data', 'files changed since', 'command', 'param hidden', 'param lr'],
      ...measured,
    ]);
    expect((await rows()).data).toEqual({ finer: 'digits@v2', wider: 'digits@v2', 'first try': 'digits@v1' });
    expect((await rows())['param hidden']).toEqual({ finer: '64', wider: '64', 'first try': '32' });
    await region('Differences')
      .getByRole('button', { name: /equal rows$/ })
      .click();
    expect((await rows())['param epochs']).toEqual({ finer: '12', wider: '12', 'first try': '12' });
  });

  test('are smoothed, on a logarithmic axis, by time and by epoch', async () => {
    const logged = await points('wider', 'val_loss');
    const line = async () => (await loss())['wider val_loss'];
    await redraws(() => bar('Smoothing').fill('0.6'));
    await chart('loss by step, smoothed by 0.60').waitFor();
    const weights = logged.map((_, at) => 0.4 * 0.6 ** (logged.length - 1 - at));
    const sum = (values: number[]) => values.reduce((a, b) => a + b, 0);
    const average = sum(logged.map(({ value }, at) => value * (weights[at] ?? 0))) / sum(weights);
    expect(Number((await line())?.Newest)).toBeCloseTo(average, 4);
    await redraws(() => bar('Smoothing').fill('0'));
    await redraws(() => bar('Log scale').check());
    await chart('loss by step, logarithmic').waitFor();
    await bench.screenshot('digits-logarithmic');
    await redraws(() => bar('Log scale').uncheck());
    await redraws(() => bar('Across').selectOption('time'));
    const start = Date.parse((await run('wider'))?.started ?? '');
    const seconds = (time = Number.NaN) => `${Number(((time - start) / 1000).toFixed(1))} s`;
    await expect
      .poll(line)
      .toMatchObject({ From: seconds(logged[0]?.time), To: seconds(logged.at(-1)?.time) });
    await redraws(() => bar('Across').selectOption('epoch'));
    await expect.poll(line).toMatchObject({ From: '0', To: '11', Points: '12' });
    await redraws(() => bar('Across').selectOption('step'));
    await expect.poll(line).toMatchObject({ From: '21', To: '252' });
  });

  test('stand as lines across parameters and metrics, and as dots by two of them', async () => {
    const lines = await rowsOf(chart('A line for each run across what differs'));
    expect(Object.keys(lines)).toEqual(['finer', 'wider', 'first try']);
    expect(lines.finer).toMatchObject({ hidden: '64', lr: '0.05' });
    const axes = Object.keys(lines.finer ?? {});
    const strands = await placesOf(region('Parallel coordinates'));
    const height = (name: string, axis: string) => strands[name]?.[axes.indexOf(axis)]?.y ?? Number.NaN;
    expect(height('finer', 'hidden')).toBe(height('wider', 'hidden'));
    expect(height('first try', 'hidden')).toBeGreaterThan(height('finer', 'hidden'));
    expect(height('finer', 'lr')).toBe(height('first try', 'lr'));
    expect(height('wider', 'lr')).toBeLessThan(height('finer', 'lr'));
    await region('Scatter').getByLabel('Upwards').selectOption('metric:val_loss');
    await region('Scatter').getByLabel('Across').selectOption('param:lr');
    await chart('val_loss by lr').waitFor();
    const dots = await placesOf(region('Scatter'));
    const dot = (name: string) =>
      Object.entries(dots).find(([title]) => title.startsWith(`${name}: lr`))?.[1][0];
    expect(Object.keys(dots)).toHaveLength(3);
    expect(dot('finer')?.x).toBe(dot('first try')?.x);
    expect(dot('wider')?.x).toBeGreaterThan(dot('finer')?.x ?? Number.NaN);
    expect(dot('first try')?.y).toBeLessThan(dot('wider')?.y ?? Number.NaN);
    await region('Scatter').scrollIntoViewIfNeeded();
    await bench.screenshot('digits-plots');
  });

  test('tell what code and which files of their data differ', async () => {
    await region('Code and data').getByLabel('First run').selectOption({ label: 'first try' });
    await region('Code and data').getByLabel('Second run').selectOption({ label: 'finer' });
    const code: Locator = region('Code and data').locator('details', { hasText: 'train.py' });
    await expect.poll(() => code.locator('summary').innerText()).toMatch(/train\.py\s+changed\s+\+1\s+−1/);
    expect(await code.locator('.fb-patch-line-removed').allInnerTexts()).toEqual([
      expect.stringContaining('range(0, cut, 64)'),
    ]);
    expect(await code.locator('.fb-patch-line-added').allInnerTexts()).toEqual([
      expect.stringContaining('range(0, cut, 32)'),
    ]);
    const { items } = await client.versions.diffEntries({
      dataset: 'digits',
      from: 'v1',
      to: 'v2',
      limit: 100,
    });
    const changes = items.flatMap((each) => (each.kind === 'change' ? [`${each.is} ${each.path}`] : []));
    expect(changes).toContain('added CORRECTED');
    const listed = () =>
      region('Code and data')
        .locator('.fb-changes li')
        .evaluateAll((each) =>
          each.map((item) =>
            [...item.children]
              .slice(0, 2)
              .map(({ textContent }) => textContent)
              .join(' '),
          ),
        );
    await expect.poll(listed).toEqual(changes);
    await region('Code and data').locator('.fb-changes').scrollIntoViewIfNeeded();
    await bench.screenshot('digits-code-and-data');
    await region('Code and data').getByLabel('First run').selectOption({ label: 'wider' });
    await region('Code and data').getByText('Both read digits@v2.').waitFor();
  });

  test('are left out one by one', async () => {
    await page().getByRole('button', { name: 'Leave finer out' }).click();
    await page().getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    await expect.poll(async () => Object.keys(await loss())).toHaveLength(4);
  });
});
