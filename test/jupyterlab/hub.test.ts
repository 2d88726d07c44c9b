import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Run } from '../../core/src/api/schemas.ts';
import { launchChromium } from '../support/browser/chromium.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import { JupyterHub } from '../support/servers/jupyterHub.ts';
import { byEvents, makeVersion } from './elsewhere.ts';
import { baseUrl, Lab } from './lab.ts';
import { notebookFile } from './notebookFile.ts';

/** In addresses `ana%2Blab`. */
const person = 'ana+lab';

let home: Home;
let hub: JupyterHub;
let browser: Browser;
let lab: Lab;
/** What the browser was told of the server's own part. */
const told: string[] = [];

beforeAll(async () => {
  home = await newHome();
  await makeVersion(home, 'scans', 'as delivered');
  await writeFile(home.path('work', 'train.ipynb'), notebookFile(training));
  const { FOREBAY_NODE: _, ...env } = home.env;
  hub = await JupyterHub.start({ state: home.path('hub'), workspace: home.path('work'), env });
  browser = await launchChromium();
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    ignoreHTTPSErrors: true,
  });
  lab = new Lab(await context.newPage());
  lab.page.on('response', async (response) => {
    if (response.url().includes('/forebay/')) told.push(await response.text().catch(() => ''));
  });
});
afterAll(async () => {
  await browser?.close();
  await hub?.stop();
  await home?.remove();
});
keepFailures((name) => lab?.screenshot(name));

const training = `import forebay
with forebay.run("under a hub"):
    print([file.name for file in forebay.mount("scans@v1").iterdir()])`;

/** How many hold a version. */
async function leases(): Promise<number> {
  const placements = await home.json<{ leases: number }[]>('cache', 'ls');
  return placements.reduce((sum, placement) => sum + placement.leases, 0);
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel('Username').fill(person);
  await page.getByLabel('Password').fill('any');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/user/ana%2Blab/lab**', { timeout: 60_000 });
}

describe('under JupyterHub, by HTTPS', () => {
  test('opens for a person who logs in, and hears of what happens elsewhere', async () => {
    await lab.page.goto(hub.url);
    await logIn(lab.page);
    await lab.open(lab.page.url());
    await lab.openPanel();
    await lab.row(/^scans, .* latest v1/).waitFor();
    const asked: string[] = [];
    lab.page.on('request', (request) => asked.push(request.url()));
    await makeVersion(home, 'masks', 'made elsewhere');
    await lab.row(/^masks, .* latest v1/).waitFor(byEvents);
    // Else no hub could tell that a server whose tab is open stands idle.
    const read = asked.filter((url) => /\/forebay\/api\/v1\/datasets\b/.test(url));
    expect(read.length).toBeGreaterThan(0);
    for (const url of read) expect(url).toContain('no_track_activity=1');
  });

  test('has its pages and files again after a reload', async () => {
    const { page } = lab;
    await lab.command('Open all datasets');
    await lab.front.getByRole('row').filter({ hasText: 'scans' }).waitFor();
    await lab.saved('forebay-datasets');
    await lab.reload();
    await lab.front.getByRole('row').filter({ hasText: 'masks' }).waitFor();
    await page.goto(`${hub.url}user/ana%2Blab/lab/tree/Forebay:masks@v1/data.csv`);
    await page.locator('.jp-CSVViewer').waitFor({ timeout: 60_000 });
    await lab.saved('Forebay:masks@v1/data.csv');
    await lab.reload();
    await page.locator('.jp-CSVViewer').waitFor({ timeout: 60_000 });
    await lab.screenshot('hub-file');
  });

  test('a kernel reads a version and records what it does, with the daemon of its person', async () => {
    await lab.openNotebook('train.ipynb');
    await lab.page.locator('.jp-Notebook .cm-content').first().click();
    await lab.runActiveCell();
    await lab.output("['data.csv']").waitFor();
    const runs = await home.json<Run[]>('runs', 'ls');
    expect(runs).toMatchObject([{ name: 'under a hub', state: 'finished', datasets: [{ name: 'scans' }] }]);
    expect(await leases()).toBe(1);
  });

  test('changes nothing for who cannot show the token of this login', async () => {
    const post = (headers: string) => `fetch(${baseUrl} + 'forebay/api/v1/placements', {
      method: 'POST', body: '{}', headers: { 'Content-Type': 'application/json', ${headers} }
    }).then((answer) => answer.status)`;
    const token = `'X-XSRFToken': /_xsrf=([^;]+)/.exec(document.cookie)[1]`;
    const { page } = lab;
    expect(await page.evaluate(post(''))).toBe(403);
    expect(await page.evaluate(post(token))).toBe(400);
  });

  test("never lets the daemon's token into the browser", async () => {
    const { MLFLOW_TRACKING_TOKEN: token = '' } = await home.json<NodeJS.ProcessEnv>('env');
    expect(token.length).toBeGreaterThan(20);
    const { page } = lab;
    const kept = await page.evaluate<string>(
      'JSON.stringify({ ...localStorage, ...sessionStorage }) + document.documentElement.outerHTML',
    );
    const cookies = JSON.stringify(await page.context().cookies());
    expect(told.length).toBeGreaterThan(5);
    for (const text of [kept, cookies, ...told]) expect(text).not.toContain(token);
  });

  test('says when the server was stopped and the person logged out, and comes back by itself', async () => {
    const { page, panel } = lab;
    await lab.openPanel();
    const hubPage = await page.context().newPage();
    await hubPage.goto(`${hub.url}hub/home`);
    const stop = hubPage.getByRole('button', { name: 'Stop My Server' });
    await stop.click();
    await stop.waitFor({ state: 'hidden' });
    // JupyterLab asks with a dialog over everything whether to start the server again, sooner or later.
    await panel.getByRole('button', { name: 'Refresh' }).dispatchEvent('click');
    await panel.getByText('Your Jupyter server was stopped.').waitFor();
    await panel.getByText(/^Offline since/).waitFor();
    await lab.screenshot('hub-stopped');
    await expect.poll(leases, { timeout: 20_000 }).toBe(0);
    await hubPage.goto(`${hub.url}hub/logout`);
    await panel.getByText('You are logged out.').waitFor();
    await lab.screenshot('hub-logged-out');
    await hubPage.goto(hub.url);
    await logIn(hubPage);
    await panel.getByRole('alert').waitFor({ state: 'detached' });
    await lab.row(/^scans, .* latest v1/).waitFor();
  });
});
