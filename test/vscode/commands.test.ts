import { mkdir, writeFile } from 'node:fs/promises';
import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import type { Browser, FrameLocator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { chooseTheme, openEditor } from './editor.ts';
import { settled } from './page.ts';
import type { Workbench } from './workbench.ts';

let home: Home;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;

const scans = () => home.path('work', 'scans');

beforeAll(async () => {
  home = await newHome();
  await mkdir(scans(), { recursive: true });
  await home.json('-C', scans(), 'data', 'init', 'chest-scans');
  for (const [at, message] of ['as they came', 'two more', 'without doubles'].entries()) {
    await writeFile(home.path('work', 'scans', `${at}.csv`), `path,class\n${at}.png,mass\n`);
    await home.json('-C', scans(), 'data', 'sync', '-m', message);
  }
  await home.json('data', 'tag', 'chest-scans@v1', 'baseline');
  await writeFile(home.path('work', 'train.py'), 'import pandas as pd\n\n');
  ({ server, browser, workbench: bench } = await openEditor(home));
  await bench.openSideBar('Forebay');
  await dataset(/Dataset chest-scans, newest version 3/).waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') await bench?.page.keyboard.press('Escape');
  await bench?.clearNotifications();
});
keepFailures((name) => bench?.photograph(name));

const dataset = (text: string | RegExp) => bench.row('Datasets', text);
const runRow = (name: string) => bench.row('Runs', new RegExp(`^Run ${name}`));
const version = (number: number) => dataset(new RegExp(`^Version ${number} of chest-scans`));
const page = (): FrameLocator =>
  bench.page.locator('iframe.webview.ready:visible').contentFrame().locator('#active-frame').contentFrame();

/** Of a quick pick, once it has faded in. */
async function photographPick(name: string): Promise<void> {
  await bench.page.waitForTimeout(600);
  await bench.photograph(name);
}

/** Through the two quick picks of a version. */
async function pickVersion(question: string, number: number): Promise<void> {
  await bench.pick(question, 'chest-scans');
  await bench.pick(question.replace('version?', 'version of chest-scans?'), `v${number}`);
}

/** Of a title that others begin with too. */
async function exactly(title: string): Promise<void> {
  await bench.page.keyboard.press('F1');
  await bench.quickInput.locator('input.input').first().fill(`>Forebay: ${title}`);
  const name = bench.page.locator('.label-name', { hasText: new RegExp(`^Forebay: ${title}$`) });
  await bench.quickInput.locator('.monaco-list-row', { has: name }).click();
}

async function pickRuns(asked: string, ...names: (string | RegExp)[]): Promise<void> {
  await bench.quickInput.getByPlaceholder(asked, { exact: true }).waitFor();
  for (const name of names) await bench.choice(name).click();
  await bench.page.keyboard.press('Enter');
}

interface Cached {
  state: string;
  pinned: boolean;
}
const cached = (number: number) => async () => {
  const placements = await home.json<(Cached & { version: number })[]>('cache', 'ls');
  return placements.filter((one) => one.version === number).map(({ state, pinned }) => ({ state, pinned }));
};
const tags = async () => {
  const versions = await home.json<{ version: number; tags: string[] }[]>('data', 'log', 'chest-scans');
  return versions.flatMap(({ version, tags }) => tags.map((tag) => `${tag} v${version}`));
};

describe('from the palette alone', () => {
  test('a version is cached, chosen by its size, level and age, and the message offers what is next', async () => {
    await bench.command('Forebay: Cache version');
    await bench.pick('Cache which version?', 'chest-scans');
    await bench.choice('as they came').waitFor();
    await bench.choice(/baseline/).waitFor();
    await photographPick('pick-version');
    await bench.pick('Cache which version of chest-scans?', 'v2');
    const ready = bench.notification('chest-scans@v2 is ready on local');
    await ready.waitFor();
    await ready.getByRole('button', { name: 'Insert mount code' }).waitFor();
    await bench.screenshot('ready');
    await bench.press('chest-scans@v2 is ready on local', 'Pin');
    await bench.notification('chest-scans@v2 is pinned: it stays on local').waitFor();
    expect(await cached(2)()).toEqual([{ state: 'ready', pinned: true }]);
  });

  test('a version that is cached already says so, and what is next', async () => {
    await bench.command('Forebay: Cache version');
    await pickVersion('Cache which version?', 2);
    const said = bench.notification('chest-scans@v2 is on local already.');
    await said.getByRole('button', { name: 'Insert mount code' }).waitFor();
    await said.getByRole('button', { name: 'Copy path' }).waitFor();
    await bench.screenshot('ready-already');
  });

  test('what is pinned is unpinned, and Undo pins it again', async () => {
    await bench.command('Forebay: Unpin');
    await bench.choice(/chest-scans@v2.*pinned/).waitFor();
    await photographPick('pick-placement');
    await bench.pick('Unpin which version?', 'chest-scans@v2');
    await bench.press('chest-scans@v2 is no longer pinned', 'Undo');
    await bench.notification('chest-scans@v2 is pinned').waitFor();
    expect(await cached(2)()).toEqual([{ state: 'ready', pinned: true }]);
  });

  test('what is pinned is cleared only once that is agreed to, and Undo brings both back', async () => {
    await bench.command('Forebay: Clear from cache');
    await bench.pick('Clear which version from the cache?', 'chest-scans@v2');
    const dialog = bench.page.locator('.monaco-dialog-box', { hasText: 'chest-scans@v2 is pinned' });
    await dialog.waitFor();
    await bench.screenshot('ask-clear');
    await dialog.getByRole('button', { name: 'Unpin and clear' }).click();
    await bench.notification('chest-scans@v2 was cleared from local').waitFor();
    expect(await cached(2)()).toEqual([]);
    await bench.press('chest-scans@v2 was cleared from local', 'Undo');
    await bench.notification('chest-scans@v2 is ready on local').waitFor();
    await expect.poll(cached(2)).toEqual([{ state: 'ready', pinned: true }]);
  });

  test('cached files are verified', async () => {
    await bench.command('Forebay: Verify cached files');
    await bench.pick('Verify the cached files of which version?', 'chest-scans@v2');
    await bench.notification('Every byte of chest-scans@v2 on local is right: 2 files').waitFor();
  });

  test('a version is tagged, a bad tag is refused with what is right, and Undo takes it away', async () => {
    await bench.command('Forebay: Tag version');
    await pickVersion('Tag which version?', 2);
    await bench.answer('A name by which everybody finds it', 'latest');
    await bench.quickInput.getByText("'latest' can't be a tag.").waitFor();
    await photographPick('tag-refused');
    await bench.answer("'latest' can't be a tag", 'for-paper');
    await bench.notification('chest-scans@for-paper is chest-scans@v2').waitFor();
    expect(await tags()).toContain('for-paper v2');
    await bench.press('chest-scans@for-paper is chest-scans@v2', 'Undo');
    await bench.notification('chest-scans@v2 is no longer tagged for-paper').waitFor();
    expect(await tags()).toEqual(['baseline v1']);
  });

  test('a tag is removed, and Undo brings it back', async () => {
    await bench.command('Forebay: Remove tag');
    await bench.pick('Remove which tag?', 'chest-scans');
    await bench.pick('Remove which tag of chest-scans?', 'baseline');
    await bench.notification('chest-scans@v1 is no longer tagged baseline').waitFor();
    expect(await tags()).toEqual([]);
    await bench.press('chest-scans@v1 is no longer tagged baseline', 'Undo');
    await bench.notification('chest-scans@baseline is chest-scans@v1').waitFor();
    expect(await tags()).toEqual(['baseline v1']);
  });

  test('a dataset gets labels, and Undo takes them away', async () => {
    await bench.command('Forebay: Describe dataset');
    await bench.pick('Describe which dataset?', 'chest-scans');
    await bench.pick('Describe chest-scans', 'Labels');
    await bench.answer('What it belongs to', 'radiology, Boston');
    await bench.notification('chest-scans is labelled Boston, radiology').waitFor();
    // The palette has 'Open all datasets' first.
    await exactly('Open dataset');
    await bench.pick('Open which dataset?', 'chest-scans');
    await page().getByRole('list', { name: 'Labels' }).getByText('radiology').waitFor();
    await bench.screenshot('dataset-page');
    await bench.press('chest-scans is labelled', 'Undo');
    await page().getByText('radiology').waitFor({ state: 'detached' });
    // The message gives the focus back to the page a moment later, which would close the next list.
    await expect.poll(() => page().locator(':root').evaluate('document.hasFocus()')).toBe(true);
    await settled(bench);
  });

  test('two versions are compared on a page of their own', async () => {
    await bench.command('Forebay: Focus on Datasets View');
    await bench.command('Forebay: Compare with');
    await pickVersion('Compare which version?', 3);
    await bench.quickInput.getByPlaceholder('Compare chest-scans@v3 with which version?').waitFor();
    // What came before it stands first.
    expect(await bench.choice(/./).first().innerText()).toContain('v2');
    await bench.pick('Compare chest-scans@v3 with which version?', 'v1');
    await page().getByText('2.csv').first().waitFor();
    await bench.page.getByRole('tab', { name: /chest-scans.*v1.*v3/ }).waitFor();
    await bench.screenshot('compare-versions');
  });

  test('all datasets, caches and the set-up open', async () => {
    await bench.command('Forebay: Open all datasets');
    await page()
      .getByRole('row', { name: /chest-scans/ })
      .waitFor();
    await bench.command('Forebay: Open caches');
    await bench.page.getByRole('tab', { name: /^Caches/ }).waitFor();
    await bench.command('Forebay: Set up lake and caches');
    await bench.page.getByRole('tab', { name: /^Set up/ }).waitFor();
    await bench.command('View: Close All Editors');
  });

  test('code for pandas goes into a script, without the import that is there', async () => {
    await bench.openFile('train.py');
    await bench.page.keyboard.press('Control+End');
    await bench.command('Forebay: Insert code');
    await pickVersion('Insert code for which version?', 2);
    await bench.choice('PyTorch ImageFolder').waitFor();
    await photographPick('pick-code');
    await bench.pick('Open chest-scans@v2 with', 'pandas');
    const lines = bench.page.locator('[data-uri$="train.py"] .view-lines');
    await lines.getByText('pd.concat').waitFor();
    expect((await lines.innerText()).match(/import\spandas/g)).toHaveLength(1);
    await bench.command('View: Revert and Close Editor');
  });

  test('a version is cloned into a folder', async () => {
    await bench.command('Forebay: Clone version into folder');
    await pickVersion('Clone which version?', 1);
    await bench.pick('Clone chest-scans@v1 into a new folder below', 'work');
    await bench.answer('Name of the new folder', 'first');
    await bench.notification(/chest-scans@v1 is in .*first: 1 file\./).waitFor();
  });

  test('a folder is pulled to the newest version', async () => {
    await bench.command('Forebay: Pull newer version');
    await bench.pick('Pull into which folder?', 'Choose another folder…');
    await bench.chooseFolder('Pull into which folder?', 'first', 'Pull');
    await bench.notification(/The folder stands on chest-scans@v3: 2 added\./).waitFor();
  });

  test('without a job there is nothing to cancel, and an address that is none is refused', async () => {
    await bench.command('Forebay: Cancel job');
    await bench.notification('No job is running.').waitFor();
    await bench.command('Forebay: Import from a bucket');
    await bench.answer('Nothing is copied', 'https://example.com/x');
    await bench.quickInput.getByText(/can't be imported/).waitFor();
    await bench.page.keyboard.press('Escape');
  });

  test('runs are archived together, and Undo brings them back', async () => {
    for (const name of ['first try', 'second try'])
      await home.run('run', '--name', name, '--data', 'chest-scans@v2', '--', 'echo', `said by ${name}`);
    await bench.row('Runs', /^Run second try/).waitFor();
    const archive = async () => {
      await bench.command('Forebay: Archive run');
      await pickRuns('One or more', 'first try', 'second try');
      await bench.notification('Archived 2 runs.').waitFor();
    };
    await archive();
    await bench.screenshot('archived');
    await runRow('first try').waitFor({ state: 'detached' });
    await bench.view('Runs').getByText('Every run is archived').waitFor();
    await bench.screenshot('archived-all');
    await bench.press('Archived 2 runs.', 'Undo');
    await runRow('first try').waitFor();
    await bench.clearNotifications();
  });

  test('a run from the archive is shown on demand, and its row takes it out again; so it does with a star', async () => {
    await bench.menu(runRow('first try'), 'Archive run');
    await runRow('first try').waitFor({ state: 'detached' });
    await bench.command('Forebay: Show archived runs');
    await bench.row('Runs', /^Run first try, finished, archived/).waitFor();
    await bench.menu(runRow('second try'), 'Star run');
    await bench.row('Runs', /^Run second try, finished, starred/).waitFor();
    await bench.screenshot('archived-shown');
    await bench.menu(runRow('second try'), 'Remove star from run');
    await bench.menu(runRow('first try'), 'Take run out of archive');
    await bench.row('Runs', /^Run second try, finished, with/).waitFor();
    await bench.row('Runs', /^Run first try, finished, with/).waitFor();
    await bench.command('Forebay: Hide archived runs');
  });

  test('a run is opened, its output too, and two are compared', async () => {
    await exactly('Open run');
    await bench.pick('Open which run?', 'first try');
    await page().getByRole('button', { name: 'Reproduce run' }).waitFor();
    await bench.page.getByRole('tab', { name: /^first try/ }).waitFor();
    await bench.command('Forebay: Show output of run');
    await bench.pick('Show the output of which run?', 'second try');
    await bench.page.locator('.editor-instance .view-line', { hasText: 'said by second try' }).waitFor();
    await bench.command('Forebay: Compare runs');
    await pickRuns('Two or more', 'first try', 'second try');
    await bench.page.getByRole('tab', { name: /^Compare/ }).waitFor();
    await settled(bench);
    for (const name of ['first try', 'second try']) await page().getByText(name).first().waitFor();
    await bench.screenshot('compare-runs');
    // A page that gets the focus late would close the lists of the next tests.
    await bench.command('View: Close All Editors');
  });

  test('runs that used a dataset stand in the table', async () => {
    await bench.command('Forebay: Show runs that used it');
    await bench.pick('Runs that used which dataset?', 'chest-scans');
    for (const name of ['first try', 'second try'])
      await page().getByRole('row').filter({ hasText: name }).waitFor();
    await bench.command('View: Close All Editors');
  });

  test('a run gets a star and loses it, comes from the archive, and is deleted; each is undone', async () => {
    for (const [title, done] of [
      ['Star run', 'Starred first try.'],
      ['Archive run', 'Archived first try.'],
      ['Delete run', 'Deleted first try.'],
    ] as const) {
      await exactly(title);
      await pickRuns('One or more', 'first try');
      await bench.press(done, 'Undo');
      await bench.row('Runs', /^Run first try, finished, with/).waitFor();
      await bench.clearNotifications();
    }
    await exactly('Star run');
    await pickRuns('One or more', 'second try');
    await bench.row('Runs', /^Run second try, finished, starred/).waitFor();
    await bench.command('Forebay: Remove star from run');
    await pickRuns('One or more', 'second try');
    await bench.row('Runs', /^Run second try, finished, with/).waitFor();
    await bench.command('Forebay: Archive run');
    await pickRuns('One or more', 'second try');
    await runRow('second try').waitFor({ state: 'detached' });
    await bench.command('Forebay: Take run out of archive');
    await pickRuns('One or more', /second try.*archived/);
    await runRow('second try').waitFor();
  });

  test('a run is typed into a terminal, for a person to start', async () => {
    await bench.command('Forebay: Start run in terminal');
    await pickVersion('Train with which version?', 2);
    await bench.page
      .locator('.terminal .xterm-rows')
      .getByText('forebay run --data chest-scans@v2 -- python train.py')
      .waitFor();
    await bench.command('Terminal: Kill the Active Terminal Instance');
  });

  test('lineage, a file and the name of a version are chosen as well', async () => {
    await bench.command('Forebay: Show lineage');
    await pickVersion('Lineage of which version?', 2);
    await page().locator('.fb-node', { hasText: 'first try' }).waitFor();
    await exactly('Open file');
    await pickVersion('Open a file of which version?', 1);
    await bench.pick('Open a file of chest-scans@v1', '0.csv');
    await bench.page.locator('.editor-instance .view-line', { hasText: '0.png,mass' }).waitFor();
    await bench.command('Forebay: Copy name');
    await pickVersion('Copy the name of which version?', 1);
    await expect.poll(() => bench.page.evaluate('navigator.clipboard.readText()')).toBe('chest-scans@v1');
    await bench.command('View: Close All Editors');
  });

  test('a version is removed only after its time to be kept has passed', async () => {
    const numbers = async () =>
      (await home.json<{ version: number }[]>('data', 'log', 'chest-scans')).map((one) => one.version);
    const remove = async () => {
      await bench.command('Forebay: Remove version');
      await pickVersion('Remove which version?', 3);
      const dialog = bench.page.locator('.monaco-dialog-box', {
        hasText: 'Remove chest-scans@v3 for everybody?',
      });
      await dialog.waitFor();
      await bench.screenshot('ask-remove');
      await dialog.getByRole('button', { name: 'Remove' }).click();
      const held = bench.notification('Removing chest-scans@v3');
      await held.waitFor();
      return held;
    };
    const held = await remove();
    await held.getByText(/in \d s/).waitFor();
    await bench.screenshot('hold-remove');
    await held.hover();
    await held.getByRole('button', { name: 'Cancel' }).click();
    await bench.notification('chest-scans@v3 stays.').waitFor();
    expect(await numbers()).toEqual([3, 2, 1]);
    await bench.clearNotifications();
    await remove();
    await bench.notification('chest-scans@v3 was removed').waitFor();
    expect(await numbers()).toEqual([2, 1]);
    await dataset(/Dataset chest-scans, newest version 2/).waitFor();
  });
});

describe('by keys', () => {
  test('Space caches and clears the version that has the focus, which stays as it is', async () => {
    await bench.expand(dataset(/Dataset chest-scans/));
    await version(2).click();
    await bench.collapse(version(2));
    await bench.page.keyboard.press('ArrowDown');
    await bench.page.keyboard.press('Space');
    await dataset(/^Version 1 of chest-scans, cached on local/).waitFor();
    expect(await version(1).getAttribute('aria-expanded')).toBe('false');
    await bench.screenshot('keys');
    await bench.page.keyboard.press('Space');
    await dataset(/^Version 1 of chest-scans, not cached/).waitFor();
  });

  test('Enter opens its files', async () => {
    await version(2).click();
    await bench.collapse(version(2));
    await bench.page.keyboard.press('ArrowDown');
    await bench.page.keyboard.press('Enter');
    await page().getByText('0.csv').first().waitFor();
    expect(await version(1).getAttribute('aria-expanded')).toBe('false');
  });

  test('shortcuts are none that VS Code has', async () => {
    await bench.command('Preferences: Open Default Keyboard Shortcuts (JSON)');
    const editor = bench.page.locator('.editor-instance .view-lines');
    await editor.getByText('"key"').first().waitFor();
    await bench.page.keyboard.press('Control+F');
    for (const key of ['c', 'm', 'd', 'e', 's']) {
      await bench.page.locator('.find-widget textarea').first().fill(`"ctrl+k shift+${key}"`);
      await expect.poll(() => bench.page.locator('.find-widget .matchesCount').innerText()).toBe('1 of 1');
    }
    await bench.page.keyboard.press('Escape');
    await bench.command('View: Close All Editors');
    await bench.page.keyboard.press('Control+K');
    await bench.page.keyboard.press('Shift+C');
    await bench.quickInput.getByPlaceholder('Cache which version?').waitFor();
    await bench.page.keyboard.press('Escape');
    await chooseTheme(bench, 'vs-dark');
    await bench.screenshot('commands-dark');
  });
});

test('a version is shown in the tree, though its dataset is beyond what the tree has read', async () => {
  const { datasets } = new Client(unixTransport(socketPathOf(home.state, home.env)));
  for (let nth = 0; nth < 205; nth++) await datasets.create({ name: `a-${String(nth).padStart(3, '0')}` });
  await dataset(/^Dataset a-000/).waitFor();
  await bench.command('Forebay: Show in datasets');
  await pickVersion('Show which version?', 1);
  await expect.poll(() => version(1).getAttribute('aria-selected')).toBe('true');
  await bench.screenshot('revealed');
  await bench.command('Forebay: Refresh datasets and caches');
  await version(1).waitFor();
});
