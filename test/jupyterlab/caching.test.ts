import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import type { Lab } from './lab.ts';
import { Workplace } from './workplace.ts';

let place: Workplace;
let lab: Lab;

beforeAll(async () => {
  place = await Workplace.open();
  lab = place.lab;
  await place.sync('scans', 'chest-scans', 'as they came');
  await place.sync('bulk', 'bulk', 'noise');
  await mkdir(place.home.path('caches'));
  const attach = (name: string, capacity: string) =>
    place.home.json('cache-store', 'attach', name, place.home.path('caches', name), '--capacity', capacity);
  await attach('roomy', '1GB');
  await attach('nvme', '16MB');
  await attach('tiny', '1MB');
  await lab.openPanel();
});
afterAll(() => place?.close());
afterEach(async () => {
  if (await dialog().isVisible()) await lab.page.keyboard.press('Escape');
});
keepFailures((name) => lab?.screenshot(name));

const dialog = () => lab.page.locator('dialog.fb-dialog');

/** *Cache version…* from the context menu of the only version of a dataset. */
async function openDialog(dataset: string): Promise<void> {
  const row = lab.row(new RegExp(`^${dataset}, `));
  for (const open of await lab.tree.getByRole('treeitem', { expanded: true }).all()) {
    await open.click({ position: { x: 30, y: 12 } });
  }
  await row.click({ position: { x: 30, y: 12 } });
  await lab.menu(lab.row(/^v1, latest/), 'Cache version…');
  await dialog().waitFor();
}

describe('caching with a choice, in JupyterLab', () => {
  test('every cache is there with its reason, the best first; what can’t take it says why', async () => {
    await openDialog('bulk');
    const caches = dialog().getByRole('group', { name: 'Where' });
    await caches
      .getByText(/12\.0 MB come from the lake; .* are free/)
      .first()
      .waitFor();
    expect(await caches.getByRole('radio', { name: /^tiny/ }).isDisabled()).toBe(true);
    await caches.getByText(/Refused: bulk@v1 needs 1\d\.\d MB and 'tiny' has/).waitFor();
    await caches.getByRole('radio', { name: /^nvme/ }).check();
    await dialog()
      .getByText(/^Fills 12\.0 MB in 24 files on nvme, in /)
      .waitFor();
    await lab.screenshot('caching-choice');
    expect(await axeFinds(lab.page, 'dialog.fb-dialog')).toEqual([]);
    await lab.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
  });

  test('a part is ticked in the tree, cached as a part, and never looks like the whole', async () => {
    await openDialog('chest-scans');
    await dialog().getByRole('radio', { name: 'A part of it' }).check();
    const tree = dialog().getByRole('tree');
    await tree.getByRole('treeitem', { name: /^normal, 60 files/ }).waitFor();
    expect(await dialog().getByRole('button', { name: 'Cache version' }).isDisabled()).toBe(true);
    await tree.focus();
    await lab.page.keyboard.press('Home');
    await lab.page.keyboard.press('Space');
    await lab.page.keyboard.press('ArrowDown');
    await lab.page.keyboard.press('ArrowRight');
    await tree.getByRole('treeitem', { name: /^0000\.png/ }).waitFor();
    await lab.page.keyboard.press('ArrowDown');
    await lab.page.keyboard.press('Space');
    await dialog()
      .getByText(/^Ticked: 61 files/)
      .waitFor();
    expect(await tree.getByRole('treeitem', { name: /^mass/ }).getAttribute('aria-checked')).toBe('mixed');
    await dialog()
      .getByText(/^Fills .* in 61 files on /)
      .waitFor();
    await lab.screenshot('caching-part');
    expect(await axeFinds(lab.page, 'dialog.fb-dialog')).toEqual([]);
    await dialog()
      .getByRole('radio', { name: /^roomy/ })
      .check();
    await dialog().getByRole('button', { name: 'Cache part' }).click();
    await dialog()
      .getByText(/chest-scans@v1 \(part: .*\) is ready on roomy/)
      .waitFor();
    await lab.screenshot('caching-ready');
    await dialog().getByRole('button', { name: 'Copy path' }).click();
    expect(await place.clipboard()).toMatch(/\/v1\+[0-9a-f]{8}$/);
    await dialog().getByRole('button', { name: 'Close' }).click();
    const [placed] = await place.home.json<{ files: number; include?: string[] }[]>('cache', 'ls');
    expect(placed?.files).toBe(61);
    await lab.command('Open all datasets');
    const inTable = lab.page.locator('.fb-root .fb-grid').getByRole('row', { name: /^chest-scans/ });
    await inTable.getByText('a part').waitFor();
    await lab.screenshot('datasets-part');
  });

  test('a fill shows how it goes in the dialog, and Cancel leaves nothing', async () => {
    place.link.limit(1_500_000);
    await openDialog('bulk');
    await dialog().getByRole('radio', { name: /^nvme/ }).check();
    await dialog().getByRole('button', { name: 'Cache version' }).click();
    await dialog()
      .getByText(/of 24 files/)
      .waitFor();
    await dialog()
      .getByText(/[kM]B\/s/)
      .waitFor();
    await dialog()
      .getByText(/\d+ s left/)
      .waitFor();
    await expect
      .poll(async () => Number(await dialog().getByRole('progressbar').getAttribute('value')), {
        timeout: 30_000,
      })
      .toBeGreaterThan(0.2);
    await lab.screenshot('caching-progress');
    await dialog().getByRole('button', { name: 'Cancel' }).click();
    await dialog().getByText('Cancelled. Nothing of it was kept.').waitFor();
    await dialog().getByRole('button', { name: 'Close' }).click();
  });

  test('a lake that stops is said with what to do, and Retry goes on', async () => {
    await openDialog('bulk');
    await dialog().getByRole('radio', { name: /^nvme/ }).check();
    await dialog().getByRole('button', { name: 'Cache version' }).click();
    await dialog()
      .getByText(/of 24 files/)
      .waitFor();
    place.link.cut();
    await dialog()
      .getByText(/cannot be reached at http/)
      .waitFor({ timeout: 60_000 });
    await dialog()
      .getByText(/the store up, and the network/)
      .waitFor();
    await lab.screenshot('caching-failed');
    await place.link.mend();
    place.link.limit(Number.POSITIVE_INFINITY);
    await dialog().getByRole('button', { name: 'Retry' }).click();
    await dialog()
      .getByText(/bulk@v1 is ready on nvme/)
      .waitFor({ timeout: 60_000 });
    await dialog().getByRole('button', { name: 'Close' }).click();
    await lab.closeNotifications();
  });

  test('what is pushed out is named before, and a person agrees to it', async () => {
    const folder = place.home.path('work', 'bulk2');
    await mkdir(folder);
    await cp(place.home.path('work', 'bulk', '0.bin'), `${folder}/0.bin`);
    await cp(place.home.path('work', 'scans', 'mass'), `${folder}/mass`, { recursive: true });
    for (let index = 0; index < 12; index++)
      await cp(place.home.path('work', 'bulk', `${index}.bin`), `${folder}/${index}.bin`);
    await place.sync('bulk2', 'other', 'half of it');
    await openDialog('other');
    await dialog().getByRole('radio', { name: /^nvme/ }).check();
    await dialog()
      .getByText(/^Pushes out 1 version, 1\d\.\d MB\.$/)
      .waitFor();
    await dialog().getByRole('cell', { name: 'bulk@v1' }).waitFor();
    await lab.screenshot('caching-pushes-out');
    await dialog().getByRole('button', { name: 'Push out 1 version and cache' }).click();
    await dialog()
      .getByText(/other@v1 is ready on nvme/)
      .waitFor({ timeout: 60_000 });
    await dialog().getByRole('button', { name: 'Pin' }).click();
    await lab.notification(/other@v1 is pinned: it stays on nvme/).waitFor();
    await dialog().getByRole('button', { name: 'Close' }).click();
    await lab.closeNotifications();
  });

  test('pin and unpin stand in the side bar, with the countdown, and can be undone', async () => {
    await lab.row(/^v1, latest/).click({ position: { x: 30, y: 12 } });
    const details = lab.section('About other@v1');
    await details.getByText(/pinned: stays until it is unpinned/).waitFor();
    await details.getByRole('button', { name: 'Unpin' }).click();
    await lab.notification(/no longer pinned/).waitFor();
    await details.getByText(/ages out in (1 d|2\d h)/).waitFor();
    await lab.screenshot('caching-side-bar');
    await lab
      .notification(/no longer pinned/)
      .getByRole('button', { name: 'Undo' })
      .click();
    await details.getByText(/pinned: stays/).waitFor();
    await lab.closeNotifications();
  });

  test('clearing what is pinned asks, and can be undone', async () => {
    await lab.section('About other@v1').getByRole('button', { name: 'Clear from cache' }).click();
    await lab.dialog('other@v1 is pinned').getByRole('button', { name: 'Unpin and clear' }).click();
    await lab.row(/^v1, latest, .* In the lake only$/).waitFor();
    await lab
      .notification(/other@v1 was cleared from nvme/)
      .getByRole('button', { name: 'Undo' })
      .click();
    await lab.row(/^v1, latest, .* Cached on nvme/).waitFor();
  });
});

/** Of the folder `bulk`, and of a working copy of it elsewhere. */
const mine = (...path: string[]) => place.home.path('work', 'bulk', ...path);
const theirs = (...path: string[]) => place.home.path('elsewhere', 'bulk', ...path);

/** 12 MB that nobody has seen. */
async function writeAnew(folder: typeof mine): Promise<void> {
  for (let index = 0; index < 24; index++) await writeFile(folder(`${index}.bin`), randomBytes(500_000));
}

const versionsOfBulk = async () =>
  (await place.home.json<{ version: number }[]>('data', 'log', 'bulk')).map(({ version }) => version);
const jobs = async () => (await place.home.json<{ jobs: unknown[] }>('status')).jobs;
/** Slow enough for a person to change their mind. */
const slow = { down: () => place.link.limit(1_000_000), up: () => place.link.limit(1e9, 1_000_000) };
const quick = () => place.link.limit(Number.POSITIVE_INFINITY);

/** Presses *Cancel* of a job that is seen to go on. */
async function cancelJob(title: RegExp): Promise<void> {
  const told = lab.notification(title);
  await told.getByText(/[1-9]\d* of 24 files|\d MB of/).waitFor();
  await lab.screenshot(`cancel-${title.source.slice(1).toLowerCase()}`);
  await told.getByRole('button', { name: 'Cancel' }).click();
  await told.waitFor({ state: 'detached' });
  await expect.poll(jobs).toEqual([]);
  await expect(lab.notification(/./).count()).resolves.toBe(0);
}

async function inFolderMenu(entry: string): Promise<void> {
  const files = lab.page.getByRole('tab', { name: /File Browser/ });
  if ((await files.getAttribute('aria-selected')) !== 'true') await files.click();
  const folder = lab.page.locator('#filebrowser .jp-DirListing-item').filter({
    has: lab.page.getByText('bulk', { exact: true }),
  });
  await folder.click({ button: 'right' });
  await lab.page.locator('.lm-Menu').getByRole('menuitem', { name: entry }).click();
}

describe('what is cancelled leaves nothing half done, and begins anew', () => {
  test('a look at what changed', async () => {
    await lab.closeNotifications();
    await writeAnew(mine);
    place.link.limit(300);
    await inFolderMenu('Sync folder as new version…');
    const waiting = lab.dialog('Looking what changed in bulk');
    await waiting.getByRole('progressbar').waitFor();
    await lab.screenshot('cancel-look');
    await waiting.getByRole('button', { name: 'Cancel' }).click();
    await waiting.waitFor({ state: 'detached' });
    quick();
    await expect.poll(jobs).toEqual([]);
    expect(await lab.page.locator('.jp-Dialog').count()).toBe(0);
  });

  test('a sync', async () => {
    const dialog = lab.dialog('Sync bulk as a new version of bulk');
    const sync = async () => {
      await inFolderMenu('Sync folder as new version…');
      await dialog.getByText('~24 changed (12.0 MB)').waitFor();
      await dialog.getByRole('button', { name: 'Sync', exact: true }).click();
    };
    slow.up();
    await sync();
    await cancelJob(/^Syncing/);
    expect(await versionsOfBulk()).toEqual([1]);
    quick();
    await sync();
    await lab.notification(/bulk@v2: 24 files/).waitFor();
    expect(await versionsOfBulk()).toEqual([2, 1]);
    await lab.closeNotifications();
  });

  test('a pull', async () => {
    await mkdir(place.home.path('elsewhere'));
    await place.home.json('data', 'clone', 'bulk', theirs());
    await writeAnew(theirs);
    await place.home.json('-C', theirs(), 'data', 'sync', '-m', 'theirs');
    const before = await readFile(mine('7.bin'));
    const dialog = lab.dialog('Pull bulk into bulk');
    const pull = async () => {
      await inFolderMenu('Pull newer version…');
      await dialog.getByText('~24 changed').waitFor();
      await dialog.getByRole('button', { name: 'Pull', exact: true }).click();
    };
    slow.down();
    await pull();
    await cancelJob(/^Pulling/);
    for (let index = 0; index < 24; index++)
      expect((await readFile(mine(`${index}.bin`))).equals(await readFile(theirs(`${index}.bin`)))).toBe(
        false,
      );
    expect((await readFile(mine('7.bin'))).equals(before)).toBe(true);
    quick();
    await pull();
    await lab.notification(/bulk is now based on v3/).waitFor();
    expect((await readFile(mine('7.bin'))).equals(await readFile(theirs('7.bin')))).toBe(true);
    await lab.closeNotifications();
  });

  test('a clone', async () => {
    const folder = place.home.path('work', 'bulk-again');
    const dialog = lab.dialog('Clone bulk@v3 into folder');
    await lab.openPanel();
    const clone = async () => {
      await lab.menu(lab.row(/^v3, latest/), 'Clone version into folder…');
      await dialog.locator('input').fill(folder);
      await dialog.getByRole('button', { name: 'Clone' }).click();
    };
    await lab.row(/^bulk, /).click({ position: { x: 30, y: 12 } });
    slow.down();
    await clone();
    await cancelJob(/^Cloning/);
    expect(existsSync(folder)).toBe(false);
    quick();
    await clone();
    await lab.notification(/bulk@v3 is in .*bulk-again: 24 files/).waitFor();
    expect((await readFile(`${folder}/7.bin`)).equals(await readFile(theirs('7.bin')))).toBe(true);
  });
});
