import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Hub } from '../../core/src/hub/hub.ts';
import { endLease, takeLease } from '../../core/src/hub/lease/leases.ts';
import { AgeOut } from '../../core/src/hub/placement/ageOut.ts';
import { lastUses } from '../../core/src/hub/placement/lastUses.ts';
import { requestPlacement } from '../../core/src/hub/placement/request.ts';
import { initFolder } from '../../core/src/hub/workingCopy/folder.ts';
import { syncFolder } from '../../core/src/hub/workingCopy/jobs.ts';
import { removeTree } from '../support/home.ts';
import { openTestHub, TestClock } from './testHub.ts';

const hour = 3_600_000;
const latest = { kind: 'latest' } as const;

let folder: string;
let clock: TestClock;
let hub: Hub;
let ageOut: AgeOut;
let path: string;

async function open(): Promise<void> {
  hub = await openTestHub(folder, clock, { lease: hour, ageOut: hour });
  ageOut = new AgeOut(hub.context);
  await ageOut.round();
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fbd-age-'));
  clock = new TestClock();
  await open();
  const { context } = hub;
  const work = join(folder, 'work');
  await mkdir(work);
  await writeFile(join(work, 'a.txt'), 'a');
  await initFolder(context, work, 'd');
  await context.jobs.finished((await syncFolder(context, { folder: work })).id);
  const id = await requestPlacement(context, await context.catalog.version('d', latest), undefined);
  await context.jobs.finished((await placement(id))?.job_id ?? '');
  path = (await placement(id))?.path ?? '';
  expect(existsSync(path)).toBe(true);
});
afterEach(async () => {
  await hub.close();
  await removeTree(folder);
});

function placement(id?: string) {
  const rows = hub.context.db.selectFrom('placement').selectAll();
  return (id ? rows.where('id', '=', id) : rows).executeTakeFirst();
}

/** A round, and the evictions that it began. */
async function round(): Promise<void> {
  await ageOut.round();
  for (const job of hub.context.jobs.active) await hub.context.jobs.finished(job.id);
}

test('a placement is cleared a day after it was published, not before', async () => {
  clock.pass(23 * hour);
  await round();
  expect(existsSync(path)).toBe(true);
  clock.pass(hour);
  await round();
  expect(existsSync(path)).toBe(false);
  expect(await placement()).toBeUndefined();
});

test('when it was used last is known after it was cleared too', async () => {
  const { context } = hub;
  const found = await context.catalog.version('d', latest);
  const lease = await takeLease(context, hub.connections, found, undefined, { kind: 'manual' });
  clock.pass(5 * hour);
  await endLease(context, lease.id);
  const used = [{ dataset: 'd', version: 1, lastUsed: new Date(clock.now()).toISOString() }];
  expect(await lastUses(context)).toEqual(used);
  clock.pass(25 * hour);
  await round();
  expect(await placement()).toBeUndefined();
  expect(await lastUses(context)).toEqual(used);
  expect(await lastUses(context, 'other')).toEqual([]);
});

test("a lease keeps it, and its day begins with the lease's end", async () => {
  const found = await hub.context.catalog.version('d', latest);
  const lease = await takeLease(hub.context, hub.connections, found, undefined, { kind: 'manual' });
  clock.pass(100 * hour);
  await round();
  expect(existsSync(path)).toBe(true);
  await endLease(hub.context, lease.id);
  clock.pass(23 * hour);
  await round();
  expect(existsSync(path)).toBe(true);
  clock.pass(hour);
  await round();
  expect(existsSync(path)).toBe(false);
});

test('a round right after the clock jumped evicts nothing', async () => {
  clock.wall += 400 * hour;
  await round();
  expect(existsSync(path)).toBe(true);
  clock.pass(hour / 60);
  await round();
  expect(existsSync(path)).toBe(false);
});

test('the first round after a start evicts nothing', async () => {
  await hub.close();
  clock.pass(100 * hour);
  await open();
  expect(existsSync(path)).toBe(true);
});

test('a rebuilt database evicts nothing for a day', async () => {
  await hub.close();
  await Promise.all(['', '-wal', '-shm'].map((end) => rm(join(folder, `hub.db${end}`), { force: true })));
  await open();
  const found = await hub.context.catalog.version('d', latest);
  await requestPlacement(hub.context, found, undefined);
  await hub.context.db.updateTable('placement').set({ last_used: 0 }).execute();
  clock.pass(23 * hour);
  await round();
  expect(existsSync(path)).toBe(true);
  clock.pass(2 * hour);
  await round();
  expect(existsSync(path)).toBe(false);
});
