import { mkdir, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { axeFinds } from '../support/browser/axe.ts';
import { keepFailures } from '../support/browser/failures.ts';
import { type Home, newHome } from '../support/home.ts';
import { type Seaweed, startSeaweed } from '../support/servers/seaweed.ts';
import type { Lab } from './lab.ts';
import { type OpenLab, openLab } from './workplace.ts';

let home: Home;
let store: Seaweed;
let open: OpenLab;
let lab: Lab;

beforeAll(async () => {
  store = await startSeaweed();
  home = await newHome();
  await mkdir(home.path('work'));
  open = await openLab(home);
  lab = open.lab;
  await lab.openPanel();
});
afterAll(async () => {
  await open?.browser.close();
  await open?.server.stop();
  await home?.remove();
  await store?.stop();
});
keepFailures((name) => lab?.screenshot(name));

const page = (name: string) => lab.front.locator(`.fb-${name}`);
const setUp = () => page('set-up');
const caches = () => page('caches-page');

async function sync(dataset: string, version: number, bytes: number): Promise<void> {
  const folder = home.path('work', dataset);
  await mkdir(folder, { recursive: true });
  await writeFile(`${folder}/${version}.bin`, Buffer.alloc(bytes, version));
  await home.run('-C', folder, 'data', 'init', dataset);
  await home.json('-C', folder, 'data', 'sync');
}

describe('set-up and caches, in JupyterLab', () => {
  test('a wrong bucket, and wrong keys, are said in plain words before anything is chosen', async () => {
    await lab.panel.getByRole('button', { name: 'Set up lake and caches' }).click();
    const form = setUp().getByRole('form', { name: 'Choose the lake' });
    await form.getByRole('radio', { name: 'An S3 bucket' }).check();
    await form.getByLabel('Bucket', { exact: true }).fill('forebay-mistyped');
    await form.getByLabel('Endpoint', { exact: true }).fill(store.endpoint);
    await form.getByRole('radio', { name: 'Typed in here' }).check();
    await form.getByLabel('Access key', { exact: true }).fill(store.credentials.accessKeyId);
    await form.getByLabel('Secret key', { exact: true }).fill('wrong');
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByText(/refuses access .*SignatureDoesNotMatch/).waitFor();
    await lab.screenshot('set-up-wrong-keys');
    await form.getByLabel('Secret key', { exact: true }).fill(store.credentials.secretAccessKey);
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByText(/There is no bucket forebay-mistyped at http/).waitFor();
    await form.getByRole('button', { name: 'Make this bucket and use it' }).waitFor();
    await lab.screenshot('set-up-wrong-bucket');
    expect(await axeFinds(lab.page, '.fb-set-up')).toEqual([]);
  });

  test('a bucket is chosen, and what was typed stays with the daemon alone', async () => {
    const form = setUp().getByRole('form', { name: 'Choose the lake' });
    await form.getByLabel('Bucket', { exact: true }).fill(`s3://${store.bucket()}/team`);
    await form.getByRole('button', { name: 'Test' }).click();
    await form.getByRole('button', { name: 'Make this bucket and use it' }).click();
    await setUp().getByRole('button', { name: 'Test lake' }).click();
    await setUp().getByText('It works, with 0 datasets in it.').waitFor();
    await setUp()
      .getByText(/Of 8 writers at once exactly one won/)
      .waitFor();
    await lab.screenshot('set-up-lake');
    const kept = await lab.page.evaluate<string>(
      'JSON.stringify([localStorage, sessionStorage, document.cookie])',
    );
    expect(kept).not.toContain(store.credentials.secretAccessKey);
  });

  test('a cache is tried, attached, and changed', async () => {
    await setUp().getByRole('button', { name: 'Attach a cache…' }).click();
    const form = setUp().getByRole('form', { name: 'Attach a cache' });
    await form.getByLabel('Name', { exact: true }).fill('GPU hall');
    await form.getByText(/Use lower-case letters/).waitFor();
    await form.getByLabel('Name', { exact: true }).fill('gpu-hall');
    await form.getByLabel('Folder', { exact: true }).fill('/proc/forebay');
    await form.getByRole('button', { name: 'Test folder' }).click();
    await form.getByText('It can’t be a cache as it is.').waitFor();
    await form.getByText(/No file can be made in \/proc/).waitFor();
    await lab.screenshot('set-up-bad-folder');
    await form.getByLabel('Folder', { exact: true }).fill(home.path('gpu-hall'));
    await form.getByRole('button', { name: 'Test folder' }).click();
    await form.getByText('It can be a cache.').waitFor();
    await form.getByText(/which leaves a fifth of what is free/).waitFor();
    await form.getByLabel('Capacity', { exact: true }).fill('4MB');
    await lab.screenshot('set-up-attach');
    expect(await axeFinds(lab.page, '.fb-set-up')).toEqual([]);
    await form.getByRole('button', { name: 'Attach cache' }).click();
    const cache = setUp().getByRole('region', { name: 'Cache gpu-hall' });
    await cache.getByText(/0 B of 4\.0 MB used.*for 1 d/).waitFor();
    await cache.getByRole('button', { name: 'Change gpu-hall' }).click();
    const change = cache.getByRole('form', { name: 'Change gpu-hall' });
    await change.getByLabel('Keep', { exact: true }).fill('soon');
    await change.getByText(/'soon' is not a time span/).waitFor();
    await change.getByLabel('Keep', { exact: true }).fill('12h');
    await change.getByRole('button', { name: 'Save' }).click();
    await cache.getByText(/for 12 h/).waitFor();
    await cache.getByRole('button', { name: 'Test gpu-hall' }).click();
    await cache.getByText('It works.').waitFor();
    await lab.theme('JupyterLab Dark');
    await lab.screenshot('set-up-dark');
    await lab.theme('JupyterLab Light');
    await lab.closeNotifications();
  });

  test('the page of caches follows what happens, whoever does it', async () => {
    await sync('mnist', 1, 900_000);
    await sync('scans', 1, 1_400_000);
    await lab.command('Open caches');
    await caches().getByText('Nothing is cached').waitFor();
    await home.json('cache', 'add', 'mnist@v1', '--on', 'gpu-hall');
    const row = (name: string) => caches().getByRole('row').filter({ hasText: name });
    await row('mnist').getByText('cached').waitFor();
    await home.json('cache', 'add', 'scans@v1', '--on', 'gpu-hall');
    await row('scans')
      .getByText(/^in 1[12] h$/)
      .waitFor();
    await caches()
      .getByText(/2 versions · 0% of 2 requests/)
      .waitFor();
    await row('mnist').getByRole('button', { name: 'Pin mnist@v1' }).click();
    await row('mnist').getByText('pinned').waitFor();
    await row('mnist').getByRole('button', { name: 'Verify mnist@v1' }).click();
    await lab.notification(/Every byte of mnist@v1 on gpu-hall is right/).waitFor();
    await lab.closeNotifications();
    await home.run('mount', 'scans@v1', '--on', 'gpu-hall');
    await row('scans').getByText('in use').waitFor();
    const grid = caches().getByRole('grid', { name: 'What is cached' });
    expect(await grid.evaluate((element) => element.scrollWidth - element.clientWidth)).toBeLessThanOrEqual(
      0,
    );
    await lab.screenshot('caches');
    expect(await axeFinds(lab.page, '.fb-caches-page')).toEqual([]);
  });

  test('what goes next is said with its reasons', async () => {
    await home.run('unmount', 'scans@v1');
    await caches().getByRole('tab', { name: 'What goes next and why' }).click();
    const next = caches().getByRole('region', { name: 'What goes next from gpu-hall' });
    await next.getByText(/1 version stays, being pinned or in use/).waitFor();
    await next.getByRole('cell', { name: /^used .* in the last week/ }).waitFor();
    await lab.screenshot('caches-next');
    expect(await axeFinds(lab.page, '.fb-caches-page')).toEqual([]);
  });

  test('one click that would push something out asks first', async () => {
    await sync('mnist', 2, 2_200_000);
    const settings = home.path('jupyter', 'settings', 'jupyterlab-forebay');
    await mkdir(settings, { recursive: true });
    await writeFile(`${settings}/settings.jupyterlab-settings`, '{"cache": "gpu-hall"}');
    await lab.reload();
    await lab.openPanel();
    await lab.row(/^mnist, /).waitFor();
    const mnist = lab.row(/^mnist, /);
    if ((await mnist.getAttribute('aria-expanded')) !== 'true')
      await mnist.click({ position: { x: 30, y: 12 } });
    await lab.menu(lab.row(/^v2, latest/), 'Cache version');
    const asked = lab.dialog('Push out 1 version?');
    await asked.getByText(/scans@v1, 1\.4 MB: used/).waitFor();
    await lab.screenshot('caches-asks');
    await asked.getByRole('button', { name: 'Push out and cache' }).click();
    await lab.notification(/mnist@v2 is ready on gpu-hall/).waitFor();
    await lab.closeNotifications();
  });

  test('the history says what came and went, and for whom', async () => {
    await caches().getByRole('tab', { name: 'History' }).click();
    await caches().getByRole('row').filter({ hasText: 'Pushed out for mnist@v2' }).waitFor();
    await lab.screenshot('caches-history');
    expect(await axeFinds(lab.page, '.fb-caches-page')).toEqual([]);
    await caches().getByRole('combobox').selectOption('evictions');
    await expect.poll(() => caches().getByRole('row').count()).toBe(2);
    await caches().getByRole('tab', { name: 'Versions' }).click();
    await lab.theme('JupyterLab Dark');
    await lab.screenshot('caches-dark');
    await lab.theme('JupyterLab Light');
  });

  test('nothing is wider than the page at 480 pixels', async () => {
    await lab.page.setViewportSize({ width: 480, height: 700 });
    await lab.page.getByRole('tab', { name: 'Forebay: datasets and caches' }).click();
    const wide = async (of: string) =>
      lab.page.locator(of).evaluate((element) => element.scrollWidth > element.clientWidth + 1);
    expect(await wide('.fb-caches-page')).toBe(false);
    await lab.screenshot('caches-narrow');
    await lab.page.setViewportSize({ width: 1280, height: 800 });
    await lab.page.getByRole('tab', { name: 'Forebay: datasets and caches' }).click();
  });

  test('detaching says what is cleared, and does it', async () => {
    await caches().getByRole('button', { name: 'Set up lake and caches' }).click();
    const cache = setUp().getByRole('region', { name: 'Cache gpu-hall' });
    await cache.getByRole('button', { name: 'Detach gpu-hall' }).click();
    const asked = lab.dialog('Detach gpu-hall?');
    await asked
      .getByText(/^2 versions, 4\.0 MB, are cleared from .*The lake still has all of it\.$/)
      .waitFor();
    await asked.getByText('Pinned, and cleared too: mnist@v1.').waitFor();
    await lab.screenshot('set-up-detach');
    await asked.getByRole('button', { name: 'Clear and detach' }).click();
    // Answered without content, which a browser once took for no answer.
    await lab.notification(/gpu-hall is detached/).waitFor();
    await cache.waitFor({ state: 'detached' });
    expect(await home.json('cache-store', 'ls')).toEqual([]);
  });
});
