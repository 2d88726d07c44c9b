import { writeFile } from 'node:fs/promises';
import type { Browser, Page, WebSocketRoute } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import { startSlowLink } from '../support/network/slowLink.ts';
import type { JupyterLab } from '../support/servers/jupyterlab.ts';
import { byEvents, makeVersion } from './elsewhere.ts';
import { baseUrl, Lab } from './lab.ts';
import { notebookFile } from './notebookFile.ts';
import { buildOtherExtension } from './otherExtension.ts';
import { openLab } from './workplace.ts';

let home: Home;
let server: JupyterLab;
let browser: Browser;
let lab: Lab;
/** What the browser was told of the server's own part. */
const told: string[] = [];

beforeAll(async () => {
  home = await newHome();
  await makeVersion(home, 'scans', 'as delivered');
  // As JupyterHub starts it for a person whose name has a sign in it.
  ({ server, browser, lab } = await openLab(home, '/user/ana%40lab/'));
  listen(lab.page);
});
afterAll(async () => {
  await browser?.close();
  await server?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

function listen(page: Page): void {
  page.on('response', async (response) => {
    if (response.url().includes('/forebay/')) told.push(await response.text().catch(() => ''));
  });
}

describe('Forebay in JupyterLab', () => {
  test('works under the base URL of a hub, events included', async () => {
    await lab.openPanel();
    await lab.row(/^scans, .* latest v1/).waitFor();
    await makeVersion(home, 'scans', 'once more');
    await lab.row(/^scans, .* latest v2/).waitFor(byEvents);
    await lab.command('Open all datasets');
    await lab.front.getByRole('row').filter({ hasText: 'scans' }).waitFor();
  });

  test('agrees with itself in several windows', async () => {
    const other = new Lab(await lab.page.context().newPage());
    await other.open(server.url.replace('/lab?', '/lab/workspaces/other?'));
    await other.openPanel();
    await other.act(other.row(/^v2, latest/), 'Cache version');
    await lab.row(/^scans, .* Cached on local$/).waitFor(byEvents);
    await other.act(other.row(/^v2, latest/), 'Clear from cache');
    await lab.row(/^scans, .* In the lake only$/).waitFor(byEvents);
    await other.page.close();
  });

  test("never lets the daemon's token into the browser", async () => {
    const { MLFLOW_TRACKING_TOKEN: token = '' } = await home.json<NodeJS.ProcessEnv>('env');
    expect(token.length).toBeGreaterThan(20);
    await lab.command('Refresh datasets and caches');
    await lab.command('Open runs');
    await lab.front.getByText('No runs yet').waitFor();
    const kept = await lab.page.evaluate<string>(
      'JSON.stringify({ ...localStorage, ...sessionStorage }) + document.documentElement.outerHTML',
    );
    expect(told.length).toBeGreaterThan(5);
    for (const text of [kept, ...told]) expect(text).not.toContain(token);
  });

  test('is there in Notebook 7, whose pages open in a tab of the browser', async () => {
    const page = await lab.page.context().newPage();
    await page.goto(server.notebookUrl);
    await page.locator('#filebrowser, .jp-FileBrowser').first().waitFor();
    await page.getByRole('menuitem', { name: 'Forebay' }).click();
    const opened = page.waitForEvent('popup');
    await page.locator('.lm-Menu').getByRole('menuitem', { name: 'Open all datasets' }).click();
    const tab = new Lab(await opened);
    await tab.front.getByRole('row').filter({ hasText: 'scans' }).waitFor();
    await page.screenshot({ path: 'test/.cache/screenshots/jupyterlab-notebook7.png' });
  });

  test('inserts code in Notebook 7, and shows there what it mounted', async () => {
    await writeFile(home.path('work', 'train.ipynb'), notebookFile());
    const page = await lab.page.context().newPage();
    await page.goto(server.notebookUrl.replace('/tree?', '/notebooks/train.ipynb?'));
    await page.locator('.jp-Notebook').waitFor();
    const kernels = `fetch(${baseUrl} + 'api/kernels').then((answer) => answer.json())`;
    const states = `${kernels}.then((all) => all.map((kernel) => kernel.execution_state))`;
    await expect.poll(() => page.evaluate<string[]>(states)).toContain('idle');
    await page.getByRole('menuitem', { name: 'Forebay' }).click();
    await page.locator('.lm-Menu').getByRole('menuitem', { name: 'Insert mount code' }).click();
    await page.locator('.jp-Dialog').getByRole('button', { name: 'Ok' }).click();
    await page.locator('.jp-mod-active .cm-content', { hasText: 'forebay.mount("scans@v2")' }).waitFor();
    await page.keyboard.press('Control+Enter');
    await page.locator('.fb-mounted').getByRole('button', { name: 'scans@v2' }).waitFor();
    await page.screenshot({ path: 'test/.cache/screenshots/jupyterlab-notebook7-mount.png' });
    await page.close();
  });

  test('hands what it knows to an extension of others, built against its declarations', async () => {
    const imported = await buildOtherExtension(home.path('jupyter', 'data', 'labextensions'));
    expect(imported).toEqual(['@lumino/coreutils', '@lumino/signaling']);
    await lab.reload();
    const count = lab.page.locator('#forebay-count');
    await expect.poll(() => count.textContent()).toBe('1 datasets, scans');
    await makeVersion(home, 'masks', 'made elsewhere');
    await expect.poll(() => count.textContent(), byEvents).toBe('2 datasets, masks, scans');
  });

  test('rereads what is open where only the event socket was lost, and says so where the whole network was', async () => {
    const link = await startSlowLink(server.url);
    const far = new Lab(await lab.page.context().newPage());
    const sockets: WebSocketRoute[] = [];
    let held = Promise.resolve();
    await far.page.routeWebSocket(/api\/events\/subscribe/, async (socket) => {
      await held;
      socket.connectToServer();
      sockets.push(socket);
    });
    const { pathname, search } = new URL(server.url);
    await far.open(`${link.endpoint}${pathname.replace('/lab', '/lab/workspaces/far')}${search}`);
    await far.command('Open all datasets');
    const row = (name: string) => far.front.getByRole('row').filter({ hasText: name });
    await row('scans').waitFor();
    const hold = Promise.withResolvers<void>();
    held = hold.promise;
    const read = far.page.waitForResponse(/forebay\/api\/v1\/datasets/);
    for (const socket of sockets) await socket.close();
    await (await read).finished();
    await makeVersion(home, 'unheard', 'while the socket was gone');
    hold.resolve();
    await row('unheard').waitFor(byEvents);
    const offline = far.front.getByText(/^Offline since/);
    expect(await offline.count()).toBe(0);
    link.cut();
    await offline.waitFor();
    await row('scans').waitFor();
    await far.screenshot('page-offline');
    await makeVersion(home, 'meanwhile', 'while the network was gone');
    await link.mend();
    await row('meanwhile').waitFor();
    await offline.waitFor({ state: 'detached' });
    await far.page.close();
    link.stop();
  });
});
