import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { PlacementRecord } from '../../core/src/cache/record.ts';
import { listCaches } from '../../core/src/hub/cache/caches.ts';
import { Scrubber } from '../../core/src/hub/cache/scrubber.ts';
import { cacheStats } from '../../core/src/hub/cache/stats.ts';
import type { Hub } from '../../core/src/hub/hub.ts';
import { endLease, takeLease } from '../../core/src/hub/lease/leases.ts';
import { listHistory } from '../../core/src/hub/placement/history.ts';
import { requestPlacement } from '../../core/src/hub/placement/request.ts';
import { initFolder } from '../../core/src/hub/workingCopy/folder.ts';
import { syncFolder } from '../../core/src/hub/workingCopy/jobs.ts';
import { removeTree } from '../support/home.ts';
import { openTestHub, TestClock } from './testHub.ts';

const day = 86_400_000;

let folder: string;
let clock: TestClock;
let hub: Hub;
let scrubber: Scrubber;

async function open(): Promise<void> {
  hub = await openTestHub(folder, clock, { lease: day, ageOut: day, scrub: day });
  scrubber = new Scrubber(hub.context);
}

const big = randomBytes(3_000_000);
const small = randomBytes(2000);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fbd-scrub-'));
  clock = new TestClock();
  await open();
  await mkdir(join(folder, 'work', 'sub'), { recursive: true });
  await writeFile(join(folder, 'work', 'big.bin'), big);
  await writeFile(join(folder, 'work', 'sub', 'small.bin'), small);
  await initFolder(hub.context, join(folder, 'work'), 'd');
  await sync();
});
afterEach(async () => {
  scrubber.stop();
  await hub.close();
  await removeTree(folder);
});

async function sync(): Promise<void> {
  await hub.context.jobs.finished((await syncFolder(hub.context, { folder: join(folder, 'work') })).id);
}

const find = (version: number) => hub.context.catalog.version('d', { kind: 'number', number: version });

async function cached(version: number) {
  const id = await requestPlacement(hub.context, await find(version), undefined);
  await settled();
  return placement(id);
}

async function placement(id: string) {
  return hub.context.db.selectFrom('placement').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

/** A round, and what it began. */
async function scrub(): Promise<void> {
  await scrubber.round();
  await settled();
}

async function settled(): Promise<void> {
  for (const job of hub.context.jobs.active) await hub.context.jobs.finished(job.id);
  await Promise.all(hub.context.sweeps.values());
  await Promise.all(hub.context.measures.values());
}

/** As a disk that loses a bit: size, time and permissions stay what they were. */
function flipByte(path: string): void {
  const { atime, mtime, mode } = lstatSync(path);
  chmodSync(path, 0o644);
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, 1000);
  byte[0] = (byte[0] ?? 0) ^ 1;
  writeSync(file, byte, 0, 1, 1000);
  closeSync(file);
  utimesSync(path, atime, mtime);
  chmodSync(path, mode & 0o777);
}

async function stats() {
  const [cache] = await listCaches(hub.context);
  if (!cache) throw new Error('no cache');
  return cacheStats(hub.context, cache);
}

const recordOf = async (path: string) =>
  PlacementRecord.parse(JSON.parse(await readFile(`${path}.json`, 'utf8')));

test('what was proved long ago is read again, and its record says so, also after a restart', async () => {
  const { id, path } = await cached(1);
  const proved = (await recordOf(path ?? '')).verified;
  await scrub();
  expect((await stats()).scrub).toMatchObject({ bytes: 0 });
  clock.pass(25 * day);
  await scrub();
  expect((await placement(id)).verified).toBe(clock.now());
  expect(Date.parse((await recordOf(path ?? '')).verified)).toBeGreaterThan(Date.parse(proved));
  expect((await stats()).scrub).toMatchObject({ bytes: 3_002_000, damagedFiles: 0, damagedNow: 0 });
  await hub.close();
  await open();
  await scrub();
  expect((await stats()).scrub.bytes).toBe(3_002_000);
});

test('a flipped byte is found, and only the file that is wrong comes from the lake again', async () => {
  const before = await cached(1);
  const good = lstatSync(join(before.path ?? '', 'sub/small.bin')).ino;
  flipByte(join(before.path ?? '', 'big.bin'));
  const used = (await stats()).used;
  clock.pass(25 * day);
  await scrub();
  const after = await placement(before.id);
  expect(after).toMatchObject({ state: 'ready', damage: null, path: before.path });
  expect(await readFile(join(after.path ?? '', 'big.bin'))).toEqual(big);
  expect(lstatSync(join(after.path ?? '', 'sub/small.bin')).ino).toBe(good);
  expect(lstatSync(after.path ?? '').mode & 0o777).toBe(0o555);
  const [healed] = await listHistory(hub.context.db, {});
  expect(healed).toMatchObject({ kind: 'fill', reason: 'refill', outcome: 'done', moved: 3_000_000 });
  const now = await stats();
  expect(now.scrub).toMatchObject({ damagedFiles: 1, damagedNow: 0 });
  expect(now).toMatchObject({ used, trash: 0, reserved: 0 });
});

test('while somebody uses what is damaged it stays as it is, nobody else gets it, and then it is healed', async () => {
  const { id, path } = await cached(1);
  const lease = await takeLease(hub.context, hub.connections, await find(1), undefined, { kind: 'manual' });
  flipByte(join(path ?? '', 'big.bin'));
  const inode = lstatSync(join(path ?? '', 'big.bin')).ino;
  clock.pass(25 * day);
  await scrub();
  expect(await placement(id)).toMatchObject({ state: 'ready', damage: '["big.bin"]' });
  expect(lstatSync(join(path ?? '', 'big.bin')).ino).toBe(inode);
  const again = takeLease(hub.context, hub.connections, await find(1), undefined, { kind: 'manual' });
  await expect(again).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringMatching(/d@v1 is damaged on this cache \(big\.bin\).*while somebody uses it/),
  });
  await endLease(hub.context, lease.id);
  await scrub();
  expect(await placement(id)).toMatchObject({ state: 'ready', damage: null });
  expect(await readFile(join(path ?? '', 'big.bin'))).toEqual(big);
});

test('a version that shares the damaged file is healed too', async () => {
  await cached(1);
  await writeFile(join(folder, 'work', 'more.txt'), 'more');
  await sync();
  const second = await cached(2);
  const first = (await cached(1)).path ?? '';
  expect(lstatSync(join(first, 'big.bin')).nlink).toBe(2);
  flipByte(join(first, 'big.bin'));
  clock.pass(25 * day);
  await scrub();
  await scrub();
  for (const path of [first, second.path ?? '']) {
    expect(await readFile(join(path, 'big.bin'))).toEqual(big);
  }
  const { damagedNow } = (await stats()).scrub;
  expect(damagedNow).toBe(0);
});

test('a part is scrubbed and healed for itself, and so is the version that shares its file', async () => {
  const part = { ...(await find(1)), selection: { include: ['big.bin'], exclude: [] } };
  const id = await requestPlacement(hub.context, part, undefined);
  await settled();
  const whole = await cached(1);
  const path = (await placement(id)).path ?? '';
  expect(path).not.toBe(whole.path);
  expect(lstatSync(join(path, 'big.bin')).nlink).toBe(2);
  flipByte(join(path, 'big.bin'));
  clock.pass(25 * day);
  await scrub();
  await scrub();
  expect((await stats()).scrub).toMatchObject({ bytes: expect.any(Number), damagedNow: 0 });
  for (const each of [await placement(id), await placement(whole.id)]) {
    expect(each).toMatchObject({ state: 'ready', damage: null });
    expect(await readFile(join(each.path ?? '', 'big.bin'))).toEqual(big);
  }
  expect(readdirSync(path)).toEqual(['big.bin']);
  expect(await readFile(join(whole.path ?? '', 'sub/small.bin'))).toEqual(small);
  const healed = (await listHistory(hub.context.db, {})).filter((each) => each.reason === 'refill');
  expect(healed.map((each) => each.selection).sort()).toEqual(['', '{"exclude":[],"include":["big.bin"]}']);
});

test('who asks for what is damaged gets it healed', async () => {
  const { id, path } = await cached(1);
  flipByte(join(path ?? '', 'big.bin'));
  await hub.context.db.updateTable('placement').set({ damage: '["big.bin"]' }).execute();
  const lease = await takeLease(hub.context, hub.connections, await find(1), undefined, { kind: 'manual' });
  expect(lease).toMatchObject({ placement: id, path: null, job: expect.any(String) });
  await settled();
  expect(await readFile(join(path ?? '', 'big.bin'))).toEqual(big);
});

test('a pass that was interrupted goes on where it was', async () => {
  const { id } = await cached(1);
  clock.pass(25 * day);
  await hub.context.db.updateTable('placement').set({ scrub_path: 'sub/small.bin' }).execute();
  await hub.close();
  await open();
  await scrub();
  expect((await stats()).scrub.bytes).toBe(small.length);
  expect(await placement(id)).toMatchObject({ scrub_path: null, verified: clock.now() });
});

test('it steps back while there is other work, and can be turned off', async () => {
  await cached(1);
  clock.pass(25 * day);
  const blocked = Promise.withResolvers<void>();
  await hub.context.jobs.create(
    {
      id: 'work',
      kind: 'verify',
      title: 'Work',
      dataset: null,
      version: null,
      cache: null,
      folder: null,
      placementId: null,
    },
    { run: () => blocked.promise },
  );
  await scrubber.round();
  expect((await stats()).scrub.bytes).toBe(0);
  blocked.resolve();
  await settled();
  await hub.context.db.updateTable('cache').set({ scrub_seconds: 0 }).execute();
  await scrub();
  expect((await stats()).scrub).toMatchObject({ bytes: 0, next: null });
});
