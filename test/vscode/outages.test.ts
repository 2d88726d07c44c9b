import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { dataset, sync, twoVersions } from '../support/data/chestScans.ts';
import { type Home, newHome } from '../support/home.ts';
import { release } from '../support/release.ts';
import type { CodeServer } from '../support/servers/codeServer.ts';
import { openEditor } from './editor.ts';
import { openPage, pageOf } from './page.ts';
import type { Workbench } from './workbench.ts';

let home: Home;
let server: CodeServer;
let browser: Browser;
let bench: Workbench;
let folder: string;

beforeAll(async () => {
  home = await newHome();
  folder = await twoVersions(home);
  await home.json('cache', 'add', `${dataset}@v1`);
  ({ server, browser, workbench: bench } = await openEditor(home));
  await bench.openSideBar('Forebay');
  await bench.expand(row(/^Dataset chest-xray/));
  await row(/^Version 2 of chest-xray/).waitFor();
  await openPage(bench, `dataset?dataset=${dataset}`);
  await version('drop 12').waitFor();
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => bench?.photograph(name));

const row = (text: string | RegExp) => bench.row('Datasets', text);
const page = () => pageOf(bench);
const version = (message: string) => page().getByRole('row').filter({ hasText: message });
const offline = () => page().getByText(/^Offline since/);
const pidOf = async (from: Home = home) => (await from.json<{ pid: number }>('status')).pid;

/** What page and side bar show once they know of it: that they hear the daemon again. */
async function seeNext(number: number, message: string, from: Home = home): Promise<void> {
  await writeFile(join(folder, `note-${number}.txt`), `${message}\n`);
  await sync(from, folder, message);
  await version(message).waitFor();
  await row(new RegExp(`^Version ${number} of chest-xray`)).waitFor();
  await offline().waitFor({ state: 'detached' });
  expect(
    await bench
      .view('Datasets')
      .getByText(/Offline since/)
      .count(),
  ).toBe(0);
}

describe('a daemon', () => {
  test('that is killed is started again by what is open, which goes on', async () => {
    const killed = await pidOf();
    process.kill(killed, 'SIGKILL');
    await expect.poll(() => pidOf()).not.toBe(killed);
    await seeNext(3, 'after the kill');
    await bench.screenshot('outage-killed');
  });

  test('that somebody ended is missed by page, side bar and status bar; once it runs again, they go on', async () => {
    await home.run('down');
    await offline().waitFor();
    await bench
      .view('Datasets')
      .getByText(/Offline since .* Last known state/)
      .waitFor();
    await bench.page.locator('.statusbar').getByText('Forebay: offline').waitFor();
    await version('after the kill').waitFor();
    await row(/^Version 3 of chest-xray/).waitFor();
    await bench.screenshot('outage-ended');
    await seeNext(4, 'after the end');
    await bench.page.locator('.statusbar').getByText('Forebay: offline').waitFor({ state: 'detached' });
  });

  test('that a newer release takes over from is followed without a word', async () => {
    const newer = await release(home, '0.9.0');
    const { pid, version: runs } = await newer.json<{ pid: number; version: string }>('up');
    expect(runs).toBe('0.9.0');
    await seeNext(5, 'by the newer release', newer);
    expect(await pidOf(newer)).toBe(pid);
    // To a page the palette gives the focus back late, which would close the list that comes after it.
    await bench.command('Forebay: Focus on Datasets View');
    await bench.command('Forebay: Show status and jobs');
    await bench.choice(`Daemon ${pid}`).waitFor();
    await bench.page.keyboard.press('Escape');
    await bench.screenshot('outage-newer');
  });
});

describe('a lake that is away', () => {
  test('is told by pages and side bar, which go on by themselves once it is back', async () => {
    const lake = join(home.state, 'lake');
    await rename(lake, `${lake}-away`);
    await openPage(bench, `dataset?dataset=${dataset}&tab=files&version=3`);
    await page().getByText('This could not be read').first().waitFor();
    await bench.expand(row(/^Version 3 of chest-xray/));
    const retry = row(/^Retry: /);
    await retry.waitFor();
    await bench.screenshot('outage-lake');
    await rename(`${lake}-away`, lake);
    await page().getByRole('row').filter({ hasText: 'labels.csv' }).waitFor();
    await page().getByText('This could not be read').waitFor({ state: 'detached' });
    await retry.waitFor({ state: 'detached' });
    await row('labels.csv').waitFor();
    await bench.screenshot('outage-lake-back');
  });
});
