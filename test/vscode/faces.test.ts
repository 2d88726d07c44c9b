import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from '@forebay/core/client';
import { socketPathOf, unixTransport } from '@forebay/core/launch';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { Editor } from './editor.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor;
let bench: Workbench;

beforeAll(async () => {
  editor = await Editor.open({ restricted: true });
  bench = editor.workbench;
});
afterAll(() => editor?.close());
keepFailures((name) => bench?.photograph(name));

const dataset = (text: string | RegExp) => bench.row('Datasets', text);
const datasets = () => bench.view('Datasets');

describe('in Restricted Mode', () => {
  test('the side bar says that no folder is read, and offers no sync', async () => {
    await bench.openSideBar('Forebay');
    await datasets().getByText('In Restricted Mode Forebay reads no folder of this workspace.').waitFor();
    await datasets().hover();
    expect(await datasets().getByRole('button', { name: 'Sync folder as new version…' }).count()).toBe(0);
    await bench.row('Overview', /^Next step: Trust this workspace/).waitFor();
    await bench.screenshot('restricted');
  });

  test('datasets are browsed and cached all the same', async () => {
    const scans = editor.home.path('work', 'scans');
    await editor.home.json('-C', scans, 'data', 'init', 'chest-scans');
    await editor.home.json('-C', scans, 'data', 'sync', '-m', 'as they came');
    await dataset(/Dataset chest-scans, newest version 1/).waitFor();
    await bench.inline(dataset(/Dataset chest-scans/), 'Cache version');
    await dataset(/Dataset chest-scans, .* cached on local/).waitFor();
  });

  test('once the workspace is trusted, its folders are synced', async () => {
    await bench.command('Workspaces: Manage Workspace Trust');
    await bench.page.getByRole('button', { name: 'Trust', exact: true }).click();
    await bench.page.getByText('You trust this folder').waitFor();
    const dialog = bench.page.locator('.monaco-modal-editor-block');
    await dialog.locator('.codicon-close').first().click();
    await dialog.waitFor({ state: 'hidden' });
    const sync = datasets().getByRole('button', { name: 'Sync folder as new version…' });
    await datasets().hover();
    await expect.poll(() => sync.isEnabled()).toBe(true);
  });
});

describe('a folder whose dataset has gone on', () => {
  test('is not synced over what others made: the message says who, and a pull brings it in', async () => {
    const scans = editor.home.path('work', 'scans');
    const other = editor.home.path('other');
    await editor.home.json('data', 'clone', 'chest-scans', other);
    await writeFile(`${other}/notes.txt`, 'two scans are upside down\n');
    await editor.home.json('-C', other, 'data', 'sync', '-m', 'notes');
    await rm(`${scans}/images/mass`, { recursive: true });
    await bench.command('Forebay: Sync folder as new version…');
    await bench.pick('Sync which folder?', 'Choose another folder…');
    await bench.chooseFolder('Sync which folder?', 'scans');
    await bench.answer('Describe what comes after v1', 'without masses');
    await bench.press(/v2/, 'Pull newer version');
    await bench.press('The folder stands on chest-scans@v2: 1 added.', 'Sync folder');
    await bench.answer('Describe what comes after v2', 'without masses');
    await bench.notification(/Made chest-scans@v3: 182 files, .*60 removed/).waitFor();
  });
});

describe('many', () => {
  /** In a folder beside the workspace, which the editor doesn't watch. */
  async function syncFiles(name: string, count: number, digits: number): Promise<void> {
    const folder = editor.home.path(name);
    await mkdir(folder);
    const write = (at: number) =>
      writeFile(join(folder, `${String(at).padStart(digits, '0')}.txt`), `${at}\n`);
    for (let at = 0; at < count; at += 1000) {
      await Promise.all(Array.from({ length: Math.min(1000, count - at) }, (_, one) => write(at + one)));
    }
    await editor.home.json('-C', folder, 'data', 'init', name);
    await editor.home.json('-C', folder, 'data', 'sync');
  }

  test('files of a folder come a page at a time, and the rest when asked', async () => {
    await syncFiles('many-files', 300, 4);
    await bench.expand(dataset(/Dataset many-files, newest version 1/));
    await bench.expand(dataset(/Version 1 of many-files/));
    await dataset('0000.txt').waitFor();
    await dataset(/Version 1 of many-files/).focus();
    await bench.page.keyboard.press('End');
    await dataset('Show more').click();
    await dataset('0250.txt').waitFor();
    await bench.page.keyboard.press('End');
    await dataset('0299.txt').waitFor();
    expect(await dataset('Show more').count()).toBe(0);
    await bench.page.keyboard.press('Home');
    await bench.collapse(dataset(/Dataset many-files/));
  });

  test('of 20,000 files in one folder the first are there at once', async () => {
    await syncFiles('all-files', 20_000, 6);
    await bench.expand(dataset(/^Dataset all-files, newest/));
    const version = dataset(/^Version 1 of all-files/);
    await version.waitFor();
    const started = Date.now();
    await bench.expand(version);
    await dataset(/^000000.txt/).waitFor();
    expect(Date.now() - started).toBeLessThan(5000);
    await bench.collapse(dataset(/^Dataset all-files/));
  });

  test('datasets come a page at a time, the rest when asked, and the filter finds one of them at once', async () => {
    const client = new Client(unixTransport(socketPathOf(editor.home.state, editor.home.env)));
    const names = Array.from({ length: 240 }, (_, at) => `scans-${String(at).padStart(4, '0')}`);
    for (const name of names) await client.datasets.create({ name });
    await bench.command('Forebay: Refresh');
    await dataset(/^Dataset scans-0000/).waitFor();
    await dataset(/^Dataset all-files/).focus();
    // The list may still be growing when a key reaches its end.
    const atTheEnd = (row: Locator) =>
      expect.poll(async () => {
        await bench.page.keyboard.press('End');
        return row.count();
      });
    await atTheEnd(dataset('Show more')).toBe(1);
    expect(await dataset(/^Dataset scans-0239/).count()).toBe(0);
    await dataset('Show more').click();
    await atTheEnd(dataset(/^Dataset scans-0239/)).toBe(1);
    expect(await dataset('Show more').count()).toBe(0);
    await bench.command('Forebay: Filter datasets…');
    const started = Date.now();
    await bench.quickInput.locator('input.input').first().fill('scans-0237');
    await dataset(/^Dataset scans-0237/).waitFor();
    expect(Date.now() - started).toBeLessThan(5000);
    await bench.page.keyboard.press('Enter');
    await bench.command('Forebay: Filter datasets…');
    await bench.quickInput.locator('input.input').first().fill('chest');
    await bench.page.keyboard.press('Enter');
    await expect.poll(() => dataset(/^Dataset/).count()).toBe(1);
  });
});

describe('when the daemon ends', () => {
  test('what was known stays and says since when; one click starts it again', async () => {
    await dataset(/Dataset chest-scans, newest version 3/).waitFor();
    await editor.home.json('down');
    await datasets()
      .getByText(/Offline since .* Last known state/)
      .waitFor();
    await dataset(/Dataset chest-scans, newest version 3/).waitFor();
    await bench.screenshot('offline');
    await datasets().hover();
    await datasets().getByRole('button', { name: 'Start daemon' }).click();
    await datasets()
      .getByText(/Offline since/)
      .waitFor({ state: 'detached' });
    const { pid } = await editor.home.json<{ pid: number }>('status');
    await bench.command('Forebay: Show status and jobs');
    await bench.choice(`Daemon ${pid}`).waitFor();
    await bench.page.keyboard.press('Escape');
  });

  test('a dataset that is wrong to name is refused with what is right', async () => {
    await bench.command('Forebay: Sync folder as new version…');
    await bench.pick('Sync which folder?', 'Choose another folder…');
    await bench.chooseFolder('Sync which folder?', 'bulk');
    await bench.answer('Name of the dataset', 'Bulk Data');
    await bench.quickInput.getByText("'Bulk Data' can't be a dataset's name.").waitFor();
    await bench.page.keyboard.press('Escape');
  });
});
