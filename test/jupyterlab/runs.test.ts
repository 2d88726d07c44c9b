import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { write } from '../cli/support.ts';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome, outcome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import { epochShown, Training } from '../support/training/training.ts';
import type { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

let home: Home;
let training: Training;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

beforeAll(async () => {
  home = await newHome();
  training = await Training.prepare(home);
  await training.threeRuns();
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

describe('runs in JupyterLab', () => {
  test('stand in a table with what tells them apart', async () => {
    await lab.command('Open runs');
    await row('first try').waitFor();
    expect(await page().getByRole('columnheader').allInnerTexts()).toEqual(
      expect.arrayContaining(['Name', 'Started', 'Duration', 'Data', 'val_accuracy', 'lr', 'hidden']),
    );
    await lab.screenshot('runs-table');
  });

  test('one run shows its charts, what it printed, and its files', async () => {
    await row('cleaner data').getByRole('button', { name: 'cleaner data' }).click();
    await page().getByRole('figure', { name: 'loss' }).locator('canvas').waitFor();
    await page().getByText('epoch 11: loss').waitFor();
    const facts = await page().locator('.fb-facts dt').allInnerTexts();
    expect(facts).toEqual(['State', 'Data', 'Code', 'Compute', 'Took', 'Started', 'Experiment', 'Command']);
    // How full that version is: the sign that it has everywhere.
    await page().locator('.fb-facts').getByRole('img', { name: 'Cached on local' }).waitFor();
    await lab.screenshot('run-page');
    await page().getByRole('tab', { name: 'Artifacts' }).click();
    await page()
      .getByRole('button', { name: /confusion.png/ })
      .click();
    await page().getByRole('img', { name: 'confusion.png' }).waitFor();
    await lab.screenshot('run-artifacts');
    await page().getByRole('tab', { name: 'Code' }).click();
    await page().locator('summary', { hasText: 'train.py' }).waitFor();
    await lab.screenshot('run-code');
    await page().getByRole('tab', { name: 'Environment' }).click();
    await page().getByText('scikit-learn').waitFor();
    await lab.screenshot('run-environment');
  });

  test('several are compared', async () => {
    await lab.command('Open runs');
    for (const name of ['first try', 'wider', 'cleaner data']) {
      await row(name).getByRole('checkbox').click();
    }
    await page().getByRole('button', { name: 'Compare' }).click();
    await page().getByRole('figure', { name: 'loss' }).locator('canvas').waitFor();
    await lab.screenshot('compare');
    await page().locator('summary', { hasText: 'train.py' }).scrollIntoViewIfNeeded();
    await lab.screenshot('compare-plots');
    // Whoever is left out takes no colour along.
    const colours = async () => {
      const chips = await page().locator('.fb-chips li').all();
      const each = async (chip: (typeof chips)[number]) =>
        [
          await chip.innerText(),
          await chip.locator('.fb-chip').evaluate((sign) => getComputedStyle(sign).borderTopColor),
        ] as const;
      return new Map(await Promise.all(chips.map(each)));
    };
    const before = await colours();
    expect(new Set(before.values()).size).toBe(3);
    await page().getByRole('button', { name: 'Leave first try out' }).click();
    await page().getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    const after = await colours();
    expect([...after]).toEqual([...before].filter(([name]) => after.has(name)));
    await lab.screenshot('compare-left-out');
  });

  test('a filter in the grammar of MLflow narrows the table, and what it gets wrong is said', async () => {
    await lab.command('Open runs');
    await page().getByRole('button', { name: 'Clear selection' }).click();
    const filter = page().getByRole('textbox', { name: 'Filter' });
    await filter.fill('metrics.val_accuracy > 0.95');
    await page().getByText('2 runs', { exact: true }).waitFor();
    await filter.fill('metrics.val_accuracy >');
    await page().locator('.fb-problem').waitFor();
    await lab.screenshot('runs-filter-wrong');
    await filter.fill('');
    await page().getByText('4 runs', { exact: true }).waitFor();
    await page().getByRole('textbox', { name: 'Search runs' }).fill('hidden=64');
    await page().getByText('2 of 4 runs').waitFor();
    await page().getByRole('textbox', { name: 'Search runs' }).fill('');
  });

  test('columns are chosen and sorted, rows are grouped, and all of it stays after a reload', async () => {
    await page().getByRole('button', { name: 'Columns' }).click();
    for (const name of ['Commit', 'Branch', 'Host']) await page().getByRole('checkbox', { name }).click();
    await lab.page.keyboard.press('Escape');
    for (const name of ['Commit', 'Branch']) await page().getByRole('columnheader', { name }).waitFor();
    await row('wider')
      .getByText(/^[0-9a-f]{10}$/)
      .scrollIntoViewIfNeeded();
    await lab.screenshot('runs-columns');
    await page().getByRole('columnheader', { name: 'Host' }).waitFor();
    await page().getByRole('columnheader', { name: 'val_loss' }).getByRole('button').click();
    await page().getByRole('columnheader', { name: 'val_loss' }).getByRole('button').click();
    await page().getByRole('combobox', { name: 'Group by' }).selectOption('param:hidden');
    const names = () => page().locator('.fb-grid-row .fb-cell-name').allInnerTexts();
    const arranged = [
      /^64\s+2$/,
      /^cleaner data/,
      /^wider/,
      /^32\s+1$/,
      /^first try/,
      /^none\s+1$/,
      /^clean up/,
    ];
    await expect.poll(names).toEqual(arranged.map((each) => expect.stringMatching(each)));
    await lab.screenshot('runs-groups');
    await lab.saved('group=param');
    await lab.reload();
    await expect
      .poll(names, { timeout: 20_000 })
      .toEqual(arranged.map((each) => expect.stringMatching(each)));
  });

  test('what was archived or deleted goes, and Undo brings it back', async () => {
    await page().getByRole('combobox', { name: 'Group by' }).selectOption('');
    await lab.openPanel();
    const beside = lab.section('Runs').getByRole('listitem').filter({ hasText: 'first try' });
    await beside.waitFor();
    for (const [verb, done] of [
      ['Archive', 'Archived first try.'],
      ['Delete', 'Deleted first try.'],
    ] as const) {
      await row('first try').getByRole('checkbox').click();
      await page().getByRole('button', { name: verb, exact: true }).click();
      await page().getByText(done).waitFor();
      await row('first try').waitFor({ state: 'detached' });
      await beside.waitFor({ state: 'detached' });
      await page().getByRole('button', { name: 'Undo' }).click();
      await row('first try').waitFor();
      await beside.waitFor();
    }
    await row('first try').getByRole('checkbox').click();
    await page().getByRole('button', { name: 'Delete', exact: true }).click();
    await page().getByRole('combobox', { name: 'Which runs' }).selectOption('deleted');
    await row('first try').getByRole('checkbox').click();
    await page().getByRole('button', { name: 'Restore' }).click();
    await row('first try').waitFor({ state: 'detached' });
    await page().getByRole('combobox', { name: 'Which runs' }).selectOption('active');
    await row('first try').waitFor();
  });

  test('a note, a tag, a star and a name are kept, and seen by the command line', async () => {
    await row('wider').getByRole('button', { name: 'wider' }).click();
    await page().getByRole('button', { name: 'Star' }).click();
    await page().getByRole('textbox', { name: 'Note' }).fill('Twice the width.\nNo better on the old data.');
    await page().getByRole('textbox', { name: 'Add a tag' }).fill('stage=candidate');
    await lab.page.keyboard.press('Enter');
    await page().getByText('stage: candidate').waitFor();
    await page().getByRole('button', { name: 'Rename' }).click();
    await page().getByRole('textbox', { name: 'Name of the run' }).fill('twice as wide');
    await lab.page.keyboard.press('Enter');
    await page().getByRole('heading', { name: 'twice as wide' }).waitFor();
    const shown = () => home.json<{ name: string; tags: object }>('runs', 'show', 'twice as wide');
    await expect
      .poll(async () => (await shown()).tags)
      .toMatchObject({
        'mlflow.note.content': 'Twice the width.\nNo better on the old data.',
        'forebay.starred': 'true',
        stage: 'candidate',
      });
  });

  test('the table goes into a file, as CSV and as Parquet', async () => {
    await lab.command('Open runs');
    await row('twice as wide').waitFor();
    for (const [kind, start] of [
      ['CSV', 'name,state,started,'],
      ['Parquet', 'PAR1'],
    ] as const) {
      await page().getByRole('button', { name: 'Export' }).click();
      const coming = lab.page.waitForEvent('download');
      await page()
        .getByRole('button', { name: `These runs as ${kind}` })
        .click();
      const text = await readFile(await (await coming).path(), 'latin1');
      expect(text.slice(0, start.length)).toBe(start);
    }
  });

  test('a link opens the same view in another window', async () => {
    await page().getByRole('combobox', { name: 'Group by' }).selectOption('data');
    await page().getByRole('button', { name: 'Copy link' }).click();
    const link = () => lab.page.evaluate<string>('navigator.clipboard.readText()');
    await expect.poll(link).toMatch(/\/lab\?forebay=runs/);
    const other = await lab.page.context().newPage();
    await other.goto(await link());
    await other.getByRole('row').filter({ hasText: 'digits@v2' }).first().waitFor();
    expect(await other.getByRole('combobox', { name: 'Group by' }).inputValue()).toBe('data');
    expect(other.url()).not.toContain('forebay=');
    await other.close();
    await page().getByRole('combobox', { name: 'Group by' }).selectOption('');
  });

  test('a run is seen while it runs: its points and lines appear as they are logged', async () => {
    const { ended, letGo } = await training.held('slow one', 2, 4);
    await row('slow one').getByRole('button', { name: 'slow one' }).click({ timeout: 30_000 });
    for (const epoch of [0, 1, 2, 3]) {
      await letGo(epoch);
      await page().getByText(`epoch ${epoch}: loss`).waitFor();
      await expect.poll(() => epochShown(page())).toBe(epoch);
      if (epoch === 1) await lab.screenshot('run-live');
    }
    await page().getByText('State').locator('..').getByText('running').waitFor();
    await letGo('end');
    await ended;
    await page().getByText('State').locator('..').getByText('finished').waitFor();
  });

  test('what data was made from and what came of it is drawn', async () => {
    await page().getByRole('tab', { name: 'Lineage' }).click();
    const nodes = page().locator('.fb-node');
    await page().locator('.fb-node', { hasText: 'slow one' }).waitFor();
    const names = await nodes.locator('.fb-cell-text:first-child').allInnerTexts();
    expect(names).toEqual(
      expect.arrayContaining(['digits@v1', 'clean up', 'digits@v2', 'slow one', 'confusion.png']),
    );
    await lab.screenshot('run-lineage');
    await nodes.filter({ hasText: 'clean up' }).click();
    await page().getByRole('heading', { name: 'clean up' }).waitFor();
  });

  test('what is logged while the daemon is stopped and started again appears by itself', async () => {
    await lab.command('Open runs');
    const { ended, letGo } = await training.held('through a stop', 2, 4);
    await row('through a stop').getByRole('button', { name: 'through a stop' }).click({ timeout: 30_000 });
    await letGo(0, 1);
    await page().getByText('epoch 1: loss').waitFor();
    await home.run('down');
    await letGo(2, 3, 'end');
    await ended;
    await page().getByText('epoch 3: loss').waitFor();
    await expect.poll(() => epochShown(page())).toBe(3);
  });

  test('the environment of a run that has just begun is said to be on its way, and comes by itself', async () => {
    const folder = home.path('work', 'slow');
    const until = (file: string) => `while [ ! -e ${file} ]; do sleep 0.05; done`;
    const slow = `#!/bin/sh\nif [ "$1" = -c ]; then ${until('asked')}; fi\nexec "${training.python}" "$@"`;
    const wait = 'import pathlib, time\nwhile not pathlib.Path("ended").exists(): time.sleep(0.05)';
    await write(folder, { python: slow, 'wait.py': wait });
    await chmod(join(folder, 'python'), 0o755);
    const ended = outcome(
      home.spawn(['-C', folder, 'run', '--name', 'just begun', '--', './python', 'wait.py']),
    );
    await lab.command('Open runs');
    await row('just begun').getByRole('button', { name: 'just begun' }).click();
    await page().getByRole('tab', { name: 'Environment' }).click();
    await page().getByText('The environment is being recorded').waitFor();
    await lab.screenshot('run-environment-awaited');
    await writeFile(join(folder, 'asked'), '');
    await page().getByText('scikit-learn').waitFor();
    await writeFile(join(folder, 'ended'), '');
    expect((await ended).code).toBe(0);
  });

  test('all that a run printed is searched, and a line without end is cut', async () => {
    const script = `console.log('needle one'); for (let at = 0; at < 40_000; at++) console.log(String(at).padEnd(100, '.'));
      console.log('x'.repeat(3_000_000)); console.log('NEEDLE two')`;
    expect((await home.run('run', '--name', 'talks', '--', process.execPath, '-e', script)).code).toBe(0);
    await lab.command('Open runs');
    await row('talks').getByRole('button', { name: 'talks' }).click();
    const output = page().getByRole('region', { name: 'Output' });
    await output.getByText(/^The first 5\.\d MB are left out here/).waitFor();
    await output.getByText('the rest of this line is not shown').waitFor();
    await lab.screenshot('run-output-long');
    await output.getByRole('textbox', { name: 'Search the output' }).fill('needle');
    await output.getByText('1 of 2').waitFor();
    const found = output.locator('.fb-found');
    await expect.poll(() => found.innerText()).toBe('needle one');
    await output.getByText(/^Lines 1 to /).waitFor();
    await lab.screenshot('run-output-found');
    await output.getByRole('button', { name: 'Next one' }).click();
    await output.getByText('2 of 2').waitFor();
    await expect.poll(() => found.innerText()).toBe('NEEDLE two');
    await output.getByText('Line 40,003', { exact: true }).waitFor();
    await lab.screenshot('run-output-found-last');
  });

  test.each(['runs-table', 'run', 'compare'])('axe finds nothing on the page %s', async (name) => {
    await lab.command('Open runs');
    if (name === 'run') await row('wide').getByRole('button', { name: 'twice as wide' }).click();
    if (name === 'compare') {
      for (const each of ['first try', 'twice as wide']) await row(each).getByRole('checkbox').click();
      await page().getByRole('button', { name: 'Compare' }).click();
    }
    if (name !== 'runs-table') await page().getByRole('figure', { name: 'loss' }).locator('canvas').waitFor();
    expect(await axeFinds(lab.page, '.fb-root:not(.lm-mod-hidden)')).toEqual([]);
  });

  test('look as well in the dark', async () => {
    await lab.theme('JupyterLab Dark');
    await lab.command('Open runs');
    await lab.screenshot('runs-table-dark');
    await row('cleaner data').getByRole('button', { name: 'cleaner data' }).click();
    // It is as it was left.
    await page().getByRole('tab', { name: 'Overview' }).click();
    await page().getByRole('figure', { name: 'loss' }).locator('canvas').waitFor();
    await lab.screenshot('run-page-dark');
  });
});
