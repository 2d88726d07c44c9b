import type { ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, type Job } from '@forebay/core/client';
import { findDaemon, unixTransport } from '@forebay/core/launch';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generate } from '../support/data/tree.ts';
import { type Home, outcome } from '../support/home.ts';
import { sourceHome } from './support.ts';

const count = 10_000;
let home: Home;
let work: string;

beforeAll(async () => {
  home = await sourceHome();
  work = home.path('work');
  await generate(work, { count, min: 2000, max: 6000 });
  await home.json('-C', work, 'data', 'init', 'big');
});
afterAll(() => home.remove());

/** Kills the daemon once the command's job has begun; answers how the command ended, and how soon. */
async function killDaemonDuring(child: ChildProcess, kind: Job['kind']) {
  const ended = outcome(child);
  const daemon = await findDaemon({ home: home.state, env: home.env });
  if (!daemon) throw new Error('No daemon runs.');
  const client = new Client(unixTransport(daemon.socketPath));
  const begun = (job: Job) => job.kind === kind && job.state === 'running' && job.progress.files > 0;
  while (!(await client.jobs.list()).some(begun)) {
    if (child.exitCode !== null)
      throw new Error(`The command ended too soon: ${JSON.stringify(await ended)}`);
    await sleep(10);
  }
  const killed = Date.now();
  process.kill(daemon.hello.pid, 'SIGKILL');
  return { ...(await ended), seconds: (Date.now() - killed) / 1000 };
}

test('a sync whose daemon is killed says so at once, and the next one works', async () => {
  const { code, stdout, stderr, seconds } = await killDaemonDuring(
    home.spawn(['-C', work, 'data', 'sync']),
    'sync',
  );
  expect([code, stdout]).toEqual([1, '']);
  expect(stderr).toContain('The daemon stopped while this was running');
  expect(seconds).toBeLessThan(5);
  expect(await home.json('-C', work, 'data', 'sync')).toMatchObject({ version: 1, files: count });
});

test('a fill whose daemon is killed is gone on with by the command that waits for it', async () => {
  const filled = await killDaemonDuring(home.spawn(['cache', 'add', 'big', '--json']), 'fill');
  expect(filled.code).toBe(0);
  expect(await home.json('cache', 'ls')).toMatchObject([{ dataset: 'big', version: 1, state: 'ready' }]);
});
