import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ForebayError } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';
import type { Control } from '../../dataset/progress.ts';
import { systemClock } from '../clock.ts';
import { Events } from '../events.ts';
import type { Database } from '../store/migrations.ts';
import { openStore } from '../store/open.ts';
import type { NewJob } from './job.ts';
import { Jobs } from './jobs.ts';

let folder: string;
let db: Database;
let events: Events;
let jobs: Jobs;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-jobs-'));
  db = await openStore(join(folder, 'hub.db'));
  events = new Events();
  jobs = new Jobs({ db, events, clock: systemClock });
});
afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true });
});

const job = (kind: NewJob['kind'] = 'sync'): NewJob => ({
  id: randomName(),
  kind,
  title: 'Syncing',
  dataset: null,
  version: null,
  cache: null,
  folder: '/data',
  placementId: null,
});
const untilAborted = ({ signal }: Control) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new ForebayError('cancelled', 'Stopped.')));
  });

test('a job that is done keeps its result', async () => {
  const { id } = await jobs.create(job(), { run: async () => ({ version: 7 }) });
  expect(await jobs.finished(id)).toMatchObject({ state: 'done', result: { version: 7 } });
  expect(await jobs.get(id)).toMatchObject({ state: 'done', result: { version: 7 } });
  expect(jobs.count).toBe(0);
});

test('a failure keeps its code, sentence and hint', async () => {
  const run = async () => {
    throw new ForebayError('no-space', 'The disk is full.', 'Free some.');
  };
  const { id } = await jobs.create(job(), { run });
  expect((await jobs.finished(id)).problem).toMatchObject({ code: 'no-space', hint: 'Free some.' });
});

test('a job that waits is cancelled without ever having run', async () => {
  for (const _ of [1, 2]) await jobs.create(job(), { run: untilAborted });
  let ran = false;
  const third = await jobs.create(job(), {
    run: async () => {
      ran = true;
    },
  });
  await jobs.cancel(third.id);
  expect(await jobs.finished(third.id)).toMatchObject({ state: 'cancelled' });
  for (const { id } of jobs.active) await jobs.cancel(id);
  expect(ran).toBe(false);
});

test('cancel reaches the work, and the next in line starts', async () => {
  const first = await jobs.create(job(), { run: untilAborted });
  const second = await jobs.create(job(), { run: untilAborted });
  const third = await jobs.create(job(), { run: async () => 'third' });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await jobs.cancel(first.id);
  expect((await jobs.finished(first.id)).state).toBe('cancelled');
  expect(await jobs.finished(third.id)).toMatchObject({ state: 'done', result: 'third' });
  await jobs.cancel(second.id);
  await jobs.finished(second.id);
});

test('progress is announced at most about five times a second', async () => {
  let announced = 0;
  const start = performance.now();
  const { id } = await jobs.create(job(), {
    run: async ({ report }) => {
      events.subscribe(() => {
        announced += 1;
      });
      for (let files = 0; files < 50; files++) {
        report({ phase: 'scanning', files, filesTotal: null, bytes: 0, bytesTotal: null });
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  });
  const ended = await jobs.finished(id);
  expect(ended.progress).toMatchObject({ phase: 'scanning', files: 49 });
  expect(announced).toBeGreaterThanOrEqual(2);
  expect(announced).toBeLessThanOrEqual((performance.now() - start) / 200 + 2);
});

test('what settles a job may still turn it into a failure', async () => {
  const { id } = await jobs.create(job('fill'), {
    run: async () => 'published',
    settle: async () => ({
      state: 'failed',
      error: new ForebayError('damaged', 'Somebody else was faster.'),
    }),
  });
  expect(await jobs.finished(id)).toMatchObject({ state: 'failed', problem: { code: 'damaged' } });
});

test('when the daemon stops, a sync is interrupted and a fill stays for the next daemon', async () => {
  const sync = await jobs.create(job('sync'), { run: untilAborted });
  const fill = await jobs.create(job('fill'), { run: () => new Promise(() => {}), resumes: true });
  await new Promise((resolve) => setTimeout(resolve, 20));
  await jobs.stop(100, async () => {});
  const states = await db.selectFrom('job').select(['id', 'state']).execute();
  expect(states.find((row) => row.id === fill.id)?.state).toBe('running');
  expect(states.find((row) => row.id === sync.id)?.state).toBe('interrupted');
});
