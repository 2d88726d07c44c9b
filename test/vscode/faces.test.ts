import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { Editor } from './editor.ts';
import type { Workbench } from './workbench.ts';

let editor: Editor;
let bench: Workbench;

beforeAll(async () => {
  editor = await Editor.open({ restricted: true });
  bench = editor.workbench;
});
beforeEach(({ onTestFailed }) => onTestFailed(() => bench.photograph('failed')));
afterAll(() => editor?.close());

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
    const refusal = bench.notification(/v2/);
    await refusal.waitFor();
    await refusal.getByRole('button', { name: 'Pull newer version' }).click();
    const pulled = bench.notification('The folder stands on chest-scans@v2: 1 added.');
    await pulled.waitFor();
    await pulled.getByRole('button', { name: 'Sync folder' }).click();
    await bench.answer('Describe what comes after v2', 'without masses');
    await bench.notification(/Made chest-scans@v3: 182 files, .*60 removed/).waitFor();
  });
});

describe('a folder of many files', () => {
  test('shows a page and the rest when asked', async () => {
    const many = editor.home.path('many');
    await mkdir(many);
    for (let index = 0; index < 300; index++) {
      await writeFile(join(many, `${String(index).padStart(4, '0')}.txt`), `${index}\n`);
    }
    await editor.home.json('-C', many, 'data', 'init', 'many-files');
    await editor.home.json('-C', many, 'data', 'sync');
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
