import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchChromium } from '../support/browser/chromium.ts';
import { keepPicture } from '../support/browser/pictures.ts';
import { type Home, newHome, root } from '../support/home.ts';
import { freePort } from '../support/servers/ports.ts';

let home: Home;
let browser: Browser;
let start: ChildProcess;
let address: string;

beforeAll(async () => {
  home = await newHome();
  await rm(join(root, '.cache', 'example'), { recursive: true, force: true });
  const args = [join(root, 'tools', 'start.mjs'), '--no-browser', `--port=${await freePort()}`];
  const env = {
    ...home.env,
    JUPYTER_DATA_DIR: home.path('jupyter'),
    JUPYTER_CONFIG_DIR: home.path('config'),
  };
  start = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  address = await new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      const url = /http:\/\/127\.0\.0\.1:\d+\/lab\S*/.exec(said);
      if (url) resolve(url[0]);
    };
    start.stdout?.on('data', listen);
    start.stderr?.on('data', listen);
    start.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${said}`)));
  });
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  if (start && start.exitCode === null) {
    const ended = once(start, 'exit');
    start.kill('SIGTERM');
    await ended;
  }
  await home.remove();
});

test('npm start opens a notebook that mounts digits@v2 and trains on it, recorded, the panel beside it', async () => {
  const page = await browser.newPage({ viewport: { width: 1360, height: 860 } });
  await page.goto(address);
  const panel = page.locator('#forebay-panel');
  await panel.getByText('digits', { exact: true }).waitFor();
  await page.getByText('Python 3 (ipykernel) | Idle').waitFor();
  await page.getByRole('menuitem', { name: 'Run', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Run All Cells', exact: true }).click();

  const outputs = page.locator('.jp-OutputArea-output');
  const accuracy = outputs.filter({ hasText: /accuracy \d+\.\d% on \d+ images of digits@v2/ });
  await accuracy.waitFor({ timeout: 90_000 });
  const [, percent] = /accuracy (\d+\.\d)%/.exec((await accuracy.textContent()) ?? '') ?? [];
  expect(Number(percent)).toBeGreaterThan(95);
  await expect.poll(() => outputs.filter({ hasText: '1,793 images' }).count()).toBeGreaterThan(0);

  const [v2, v1] = await home.json<Array<{ version: number; files: number }>>('data', 'log', 'digits');
  expect([v1?.files, v2?.files]).toEqual([1797, 1793]);
  const cached = await home.json<Array<{ version: number; leases: number }>>('cache', 'ls');
  expect(cached).toMatchObject([{ version: 2, leases: 1, state: 'ready' }]);

  const [run] = await home.json<{ metrics: object }[]>('runs', 'ls');
  expect(run).toMatchObject({ name: 'wide', state: 'finished', params: { hidden: '64' } });
  expect(run).toMatchObject({ datasets: [{ name: 'digits', version: 2, cache: 'local' }] });
  expect(Object.keys(run?.metrics ?? {})).toEqual(expect.arrayContaining(['loss', 'val_accuracy']));

  await page.locator('.jp-Notebook .jp-CodeCell').nth(1).scrollIntoViewIfNeeded();
  await keepPicture(page, 'start');
});
