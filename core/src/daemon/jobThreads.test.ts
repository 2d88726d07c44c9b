import { readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CacheDirectory } from '../cache/directory.ts';
import type { Task } from '../hub/jobs/task.ts';
import { JobThreads } from './jobThreads.ts';

let folder: string;
let threads: JobThreads;
let task: Task;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fb-threads-'));
  const cache = join(folder, 'cache');
  await CacheDirectory.claim(cache, 'hub', { create: true });
  task = { kind: 'measure', cache, hubId: 'hub', dataset: { id: 'dataset', name: 'scans' } };
  threads = new JobThreads({ log: console.error, cleanUp: async () => {} });
});
afterEach(async () => {
  await threads.kill();
  await rm(folder, { recursive: true });
});

const run = (signal = new AbortController().signal) => threads.run(task, { signal, report() {} });
const threadsOfProcess = () => new Set(readdirSync('/proc/self/task'));

test('tasks that follow each other run in one thread, those at once in two', async () => {
  await run();
  const after = threadsOfProcess();
  await run();
  expect(threadsOfProcess()).toEqual(after);
  await Promise.all([run(), run()]);
  expect(threadsOfProcess().size).toBeGreaterThan(after.size);
});

test('to stop a task, at whatever moment, stops none that comes after it in its thread', async () => {
  await run();
  for (let moment = 0; moment < 20; moment++) {
    const abort = new AbortController();
    const stopped = run(abort.signal).catch(() => {});
    setTimeout(() => abort.abort(), moment / 4);
    await stopped;
    await expect(run()).resolves.toEqual([]);
  }
});

test('a thread serves on after a task that failed', async () => {
  await run();
  const after = threadsOfProcess();
  const unknown = { ...task, cache: join(folder, 'nowhere', 'else') } as Task;
  await expect(threads.run(unknown, { signal: new AbortController().signal, report() {} })).rejects.toThrow();
  await run();
  expect(threadsOfProcess()).toEqual(after);
});
