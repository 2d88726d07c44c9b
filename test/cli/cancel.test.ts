import type { ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Job } from '@forebay/core/client';
import { findDaemon, unixTransport } from '@forebay/core/launch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../support/data/tree.ts';
import { type Home, outcome } from '../support/home.ts';
import { sourceHome } from './support.ts';

const count = 20_000;
let home: Home;
let work: string;
let client: Client;

beforeAll(async () => {
  home = await sourceHome();
  work = home.path('work');
  await generate(work, { count, min: 2000, max: 6000 });
  await home.json('-C', work, 'data', 'init', 'big');
  const daemon = await findDaemon({ home: home.state, env: home.env });
  client = new Client(unixTransport(daemon?.socketPath ?? ''));
});
afterAll(() => home.remove());

/** Interrupts a command once its job has got as far as `far` says. */
async function interrupt(child: ChildProcess, kind: Job['kind'], far: (job: Job) => boolean) {
  const ended = outcome(child);
  for (;;) {
    const job = (await client.jobs.list()).find((each) => each.kind === kind && each.state === 'running');
    if (job && far(job)) break;
    if (child.exitCode !== null)
      throw new Error(`The command ended too soon: ${JSON.stringify(await ended)}`);
    await sleep(10);
  }
  const begun = Date.now();
  child.kill('SIGINT');
  return { ...(await ended), seconds: (Date.now() - begun) / 1000 };
}

const started = (job: Job) => job.progress.files > 0;
const busyFolders = (folder: string) => (existsSync(folder) ? readdirSync(folder) : []);

/** Temporary files of the lake's folder, which it writes before it links them to their names. */
function unfinished(folder: string): string[] {
  const below = readdirSync(folder, { recursive: true }) as string[];
  return below.filter((path) => /(^|\/)(\.?tmp|\.forebay-tmp)/.test(path) && !path.endsWith('tmp'));
}

test('Ctrl-C during a sync: within two seconds nothing of it is visible, and the next one works', async () => {
  const cancelled = await interrupt(home.spawn(['-C', work, 'data', 'sync']), 'sync', started);
  expect(cancelled.code).toBe(1);
  expect(cancelled.stderr).toContain('Cancelled');
  expect(cancelled.seconds).toBeLessThan(2);
  expect(await home.json('data', 'log', 'big')).toEqual([]);
  expect(unfinished(join(home.state, 'lake'))).toEqual([]);
  expect(await home.json('-C', work, 'data', 'sync')).toMatchObject({ version: 1, files: count });
});

test('Ctrl-C during a fill: within two seconds staging is empty and nothing is cached', async () => {
  const child = home.spawn(['cache', 'add', 'big', '--json']);
  const cancelled = await interrupt(child, 'fill', started);
  expect(cancelled.code).toBe(1);
  expect(JSON.parse(cancelled.stdout).error).toMatchObject({ code: 'cancelled' });
  expect(cancelled.seconds).toBeLessThan(2);
  const cache = join(home.state, 'cache');
  await sleep(2000 - cancelled.seconds * 1000);
  expect(busyFolders(join(cache, '.forebay', 'staging'))).toEqual([]);
  expect(busyFolders(join(cache, '.forebay', 'trash'))).toEqual([]);
  const placements = await home.json<Array<{ state: string }>>('cache', 'ls');
  expect(placements.filter(({ state }) => state === 'ready' || state === 'filling')).toEqual([]);
  const published = busyFolders(join(cache, 'datasets')).flatMap((each) =>
    readdirSync(join(cache, 'datasets', each)),
  );
  expect(published).toEqual([]);
});

test('Ctrl-C during a mount gives its lease back', async () => {
  const cancelled = await interrupt(home.spawn(['mount', 'big']), 'fill', started);
  expect([cancelled.code, cancelled.stdout]).toEqual([1, '']);
  expect(await client.leases.list()).toEqual([]);
});

test('what is sent to a mount that runs a command is passed on to the command, whose exit code it takes', async () => {
  const script = 'trap "exit 9" TERM; echo up; while :; do sleep 0.1; done';
  const child = home.spawn(['mount', 'big', '--', 'sh', '-c', script]);
  const ended = outcome(child);
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  child.kill('SIGTERM');
  expect((await ended).code).toBe(9);
  expect(await client.leases.list()).toEqual([]);
});
