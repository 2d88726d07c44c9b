import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import type { Lab } from './lab.ts';
import { openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;

const mine = (...path: string[]) => home.path('work', 'scans', ...path);
const theirs = (...path: string[]) => home.path('elsewhere', 'scans', ...path);

beforeAll(async () => {
  home = await newHome();
  // As most people have it: JupyterLab's folder lies in their own, which JupyterLab calls ~.
  home.env.HOME = home.folder;
  await mkdir(mine('images'), { recursive: true });
  await mkdir(mine('tmp'));
  await writeFile(mine('.forebayignore'), 'tmp/\n');
  await writeFile(mine('tmp', 'scratch'), 'not for others');
  await writeFile(mine('labels.csv'), 'image,label\na,cat\nb,dog\n');
  await writeFile(mine('notes.md'), 'first\n');
  for (const name of ['a', 'b', 'c']) await writeFile(mine('images', `${name}.txt`), name.repeat(1000));
  ({ server, browser, lab } = await openLab(home));
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const item = (name: string): Locator =>
  lab.page
    .locator('#filebrowser .jp-DirListing-item')
    .filter({ has: lab.page.getByText(name, { exact: true }) });
const bar = () => lab.page.locator('#filebrowser .fb-folder-bar:not(.lm-mod-hidden)');
const inMenu = async (name: string, entry: string) => {
  await item(name).click({ button: 'right' });
  await lab.page.locator('.lm-Menu').getByRole('menuitem', { name: entry }).click();
};

describe('versions made from the file browser', () => {
  test('a folder becomes a dataset after it was shown what will be in it', async () => {
    await inMenu('scans', 'Sync folder as new version…');
    const dialog = lab.dialog('Sync scans as a new dataset');
    await dialog.getByText('+6 added').waitFor();
    expect(await dialog.getByRole('listitem').allInnerTexts()).not.toContainEqual(
      expect.stringContaining('scratch'),
    );
    await dialog.getByRole('textbox', { name: 'Message' }).fill('as they came');
    await dialog.getByRole('textbox', { name: 'Tag' }).fill('raw');
    await lab.screenshot('sync-new');
    expect(await axeFinds(lab.page, '.fb-job-dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    await lab.notification(/scans@v1: 6 files/).waitFor();
    await lab
      .notification(/scans@v1/)
      .getByRole('button', { name: 'Open dataset' })
      .waitFor();
    await expect
      .poll(() => home.json<{ tags: string[] }[]>('data', 'log', 'scans'))
      .toMatchObject([{ tags: ['raw'] }]);
    await lab.closeNotifications();
  });

  test('the folder says which version it stands on, and marks what changed', async () => {
    await item('scans').dblclick();
    await bar().getByText('no changes').waitFor();
    await bar().getByText('v1', { exact: true }).waitFor();
    await writeFile(mine('labels.csv'), 'image,label\na,cat\nb,fox\n');
    await writeFile(mine('images', 'd.txt'), 'd'.repeat(500));
    await rm(mine('notes.md'));
    await lab.page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    await bar().getByText('3 changes').waitFor();
    await item('labels.csv').getByRole('img', { name: 'Changed since the version' }).waitFor();
    await item('images').getByRole('img', { name: 'Not in the version yet' }).waitFor();
    await item('tmp')
      .getByRole('img', { name: /^Ignored/ })
      // It has no letter: the item is dimmed.
      .waitFor({ state: 'attached' });
    await lab.screenshot('sync-marks');
    expect(await axeFinds(lab.page, '.fb-folder-bar')).toEqual([]);
  });

  test('a sync shows what it changes, and the next one that nothing did', async () => {
    await bar().getByRole('button', { name: 'Sync…' }).click();
    const dialog = lab.dialog('Sync scans as a new version of scans');
    await dialog.getByText('+1 added (500 B), ~1 changed (24 B), −1 removed (6 B)').waitFor();
    await lab.screenshot('sync-preview');
    await dialog.getByRole('textbox', { name: 'Tag' }).fill('second opinion');
    await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    const refused = lab.notification("'second opinion' can't be a tag.");
    // A quick job is over before the side bar has heard of it.
    const status = ({ pathname }: URL) => pathname.endsWith('/api/v1/status');
    await lab.page.route(status, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), jobs: [] } });
    });
    await refused.getByRole('button', { name: 'Retry' }).click();
    await dialog.getByRole('textbox', { name: 'Message' }).fill('b is a fox');
    await dialog.getByRole('textbox', { name: 'Tag' }).fill('raw');
    await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    await lab.notification(/scans@v2/).waitFor();
    const taken = lab.notification("The tag 'raw' is on v1 already.");
    await taken.waitFor();
    expect(await taken.getByRole('button', { name: 'Retry' }).count()).toBe(0);
    await lab.closeNotifications();
    await bar().getByText('v2', { exact: true }).waitFor();
    await bar().getByText('no changes').waitFor();
    await lab.page.unrouteAll({ behavior: 'wait' });
    await lab.command('Sync folder as new version');
    await lab.page.locator('.jp-Dialog').getByRole('button', { name: 'Next' }).click();
    await dialog.getByText('nothing has changed').waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
  });

  test("what JupyterLab's own upload put there is marked at once, and synced", async () => {
    const chosen = lab.page.waitForEvent('filechooser');
    await lab.page.locator('#filebrowser').getByRole('button', { name: 'Upload Files' }).click();
    await (await chosen).setFiles({ name: 'ages.csv', mimeType: 'text/csv', buffer: Buffer.from('a,71\n') });
    await item('ages.csv').getByRole('img', { name: 'Not in the version yet' }).waitFor({ timeout: 10_000 });
    await bar().getByRole('button', { name: 'Sync…' }).click();
    const dialog = lab.dialog('Sync scans as a new version of scans');
    await dialog.getByText('+1 added (5 B)').waitFor();
    await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    await lab.notification(/scans@v3/).waitFor();
    await lab.closeNotifications();
    const files = await home.json<{ path: string }[]>('data', 'ls', 'scans@v3');
    expect(files.map(({ path }) => path)).toContain('ages.csv');
  });

  test('what somebody else made is offered, and a sync leads to it', async () => {
    await mkdir(home.path('elsewhere'));
    await home.json('data', 'clone', 'scans', theirs());
    await writeFile(theirs('labels.csv'), 'image,label\na,lion\nb,fox\n');
    await writeFile(theirs('images', 'a.txt'), 'theirs');
    await writeFile(theirs('images', 'e.txt'), 'new');
    await rm(theirs('images', 'b.txt'));
    await home.json('-C', theirs(), 'data', 'sync', '-m', 'a is a lion');
    await writeFile(mine('labels.csv'), 'image,label\na,tiger\nb,fox\n');
    await writeFile(mine('images', 'a.txt'), 'mine');
    await writeFile(mine('images', 'b.txt'), 'mine too');
    await lab.page.evaluate(`window.dispatchEvent(new Event('focus'))`);
    await bar()
      .getByRole('button', { name: /^Pull v4/ })
      .waitFor();
    await bar().getByRole('button', { name: 'Sync…' }).click();
    const dialog = lab.dialog('Sync scans as a new version of scans');
    await dialog.getByText(/1 newer version: v4 by .*"a is a lion"/).waitFor();
    await lab.screenshot('sync-newer');
    await dialog.getByRole('button', { name: 'Pull…' }).click();
    await lab.dialog('Pull scans into scans').getByText('3 paths changed on both sides').waitFor();
  });

  test('a pull asks about what both changed, and does as it was told', async () => {
    const dialog = lab.dialog('Pull scans into scans');
    await dialog.getByText('v3 → v4:').waitFor();
    await dialog.getByText('+1 added').waitFor();
    await dialog.getByLabel('What to do with labels.csv').selectOption('both');
    await dialog.getByLabel('What to do with images/a.txt').selectOption('theirs');
    await lab.screenshot('pull-conflicts');
    expect(await axeFinds(lab.page, '.fb-job-dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Pull', exact: true }).click();
    await lab.notification(/scans is now based on v4/).waitFor();
    expect(await readFile(mine('labels.csv'), 'utf8')).toContain('tiger');
    expect(await readFile(mine('labels (v4).csv'), 'utf8')).toContain('lion');
    expect(await readFile(mine('images', 'a.txt'), 'utf8')).toBe('theirs');
    const [replaced] = await readdir(mine('.forebay', 'replaced'));
    await lab.notification('What it replaced is kept in .forebay/replaced: 1 file.').waitFor();
    await lab.screenshot('pull-replaced');
    expect(await readdir(mine('.forebay', 'replaced', replaced ?? '', 'images'))).toEqual(['a.txt']);
    expect(await readFile(mine('images', 'b.txt'), 'utf8')).toBe('mine too');
    expect(await readFile(mine('images', 'e.txt'), 'utf8')).toBe('new');
    await lab.closeNotifications();
    await bar().getByText('v4', { exact: true }).waitFor();
  });

  test('a file tells which versions changed it, and is compared with what it was', async () => {
    await inMenu('labels.csv', 'Show versions of this file…');
    const dialog = lab.dialog('Versions of scans that changed labels.csv');
    const versions = dialog.getByRole('listitem');
    await expect.poll(() => versions.allInnerTexts()).toHaveLength(3);
    expect(await versions.first().innerText()).toMatch(/^v4\s+changed · 25 B\s+.* · a is a lion/);
    expect(await versions.last().innerText()).toMatch(/^v1\s+added · 24 B · raw/);
    await lab.screenshot('file-history');
    expect(await axeFinds(lab.page, '.fb-job-dialog')).toEqual([]);
    await dialog.getByRole('button', { name: 'Compare with v2, of v4' }).click();
    const page = lab.front;
    await page.getByRole('button', { name: 'Table' }).waitFor();
    await page.locator('del, ins').getByText('lion').first().waitFor();
    await lab.screenshot('file-history-compare');
    // The same from the palette, of the file that is open.
    await item('notes.md').waitFor({ state: 'detached' });
    await item('labels.csv').dblclick();
    await lab.page.locator('.lm-TabBar-tab.jp-mod-current', { hasText: 'labels.csv' }).waitFor();
    await lab.command('Show versions of this file…');
    await dialog.getByRole('button', { name: 'Open v1, of v1' }).click();
    await lab.page.locator('.lm-TabBar-tab.jp-mod-current[title*="scans@v1"]').waitFor();
    await lab.page.locator('.lm-TabBar-tab.jp-mod-current .lm-TabBar-tabCloseIcon').click();
  });

  test('the wait for versions of a file shows how far it is and ends where it is cancelled', async () => {
    const { page } = lab;
    const asked = (url: URL) => url.pathname.endsWith('/file-history');
    await page.route(asked, () => undefined);
    await inMenu('labels.csv', 'Show versions of this file…');
    const wait = lab.dialog('Show versions of this file');
    await wait.getByRole('progressbar', { name: 'Looking at versions' }).waitFor();
    await lab.screenshot('file-history-waits');
    const gone = page.waitForEvent('requestfailed', (request) => asked(new URL(request.url())));
    await wait.getByRole('button', { name: 'Cancel' }).click();
    await gone;
    await wait.waitFor({ state: 'detached' });
    await page.unroute(asked);
  });

  test('earlier versions of a file that cannot be read are said to be, and tried again', async () => {
    const { page } = lab;
    const asked = (url: URL) => url.pathname.endsWith('/file-history');
    let answers = false;
    await page.route(asked, async (route) => {
      const url = new URL(route.request().url());
      if (url.searchParams.get('cursor') !== 'earlier') {
        const answer = await route.fetch();
        const { items } = await answer.json();
        return route.fulfill({ response: answer, json: { items: items.slice(0, 1), next: 'earlier' } });
      }
      if (!answers) return route.fulfill({ status: 502 });
      url.searchParams.delete('cursor');
      return route.fulfill({ response: await route.fetch({ url: url.href }) });
    });
    await inMenu('labels.csv', 'Show versions of this file…');
    const dialog = lab.dialog('Versions of scans that changed labels.csv');
    await dialog.getByRole('button', { name: 'Look at earlier versions' }).click();
    await lab.notification(/The Jupyter server does not answer/).waitFor();
    await dialog.getByRole('button', { name: 'Look at earlier versions' }).waitFor();
    expect(await dialog.getByRole('listitem').count()).toBe(1);
    await lab.screenshot('file-history-failed');
    answers = true;
    await dialog.getByRole('button', { name: 'Look at earlier versions' }).click();
    await expect.poll(() => dialog.getByRole('listitem').count()).toBe(4);
    await page.unroute(asked);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await lab.closeNotifications();
  });

  test('a version is cloned into a folder of its own from the side bar', async () => {
    await lab.openPanel();
    await lab.menu(lab.row(/^v1, raw/), 'Clone version into folder…');
    const dialog = lab.dialog('Clone scans@v1 into folder');
    const folder = dialog.locator('input');
    const suggested = await folder.inputValue();
    // In the folder that is looked at.
    expect(suggested).toBe(join('~', 'work', 'scans', 'scans'));
    expect(await axeFinds(lab.page, '.jp-Dialog')).toEqual([]);
    await folder.fill(suggested.replace('scans/scans', 'scans-old'));
    await dialog.getByRole('button', { name: 'Clone' }).click();
    await lab.notification(`scans@v1 is in ${join('~', 'work', 'scans-old')}: 6 files`).waitFor();
    expect(await readFile(home.path('work', 'scans-old', 'notes.md'), 'utf8')).toBe('first\n');
  });

  test('it is there in the dark too', async () => {
    await lab.closeNotifications();
    await lab.theme('JupyterLab Dark');
    await lab.page.getByRole('tab', { name: /File Browser/ }).click();
    await bar().getByText('v4', { exact: true }).waitFor();
    await lab.screenshot('sync-dark');
    expect(await axeFinds(lab.page, '.fb-folder-bar')).toEqual([]);
  });
});
