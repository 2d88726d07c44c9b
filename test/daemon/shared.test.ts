import { randomBytes } from 'node:crypto';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Machine, newMachine, until } from './daemon.ts';

let machine: Machine;
beforeEach(async () => {
  machine = await newMachine();
  await machine.start();
});
afterEach(() => machine.remove());

const files = 12;
const block = 4096;

/** What the disk has given to the versions on the cache, each inode once; records left out. */
async function onDisk(cache: string): Promise<number> {
  const inodes = new Map<number, number>();
  const datasets = join(cache, 'datasets');
  for (const path of (await readdir(datasets, { recursive: true })) as string[]) {
    if (!/\/v\d+($|\/)/.test(path)) continue;
    const { ino, blocks } = await lstat(join(datasets, path));
    inodes.set(ino, blocks * 512);
  }
  return [...inodes.values()].reduce((sum, bytes) => sum + bytes, 0);
}

async function used(): Promise<{ used: number; path: string }> {
  const [cache] = await machine.client.caches.list();
  return { used: cache?.used ?? 0, path: cache?.path ?? '' };
}

async function expectTrue(): Promise<void> {
  const said = await used();
  expect(Math.abs(said.used - (await onDisk(said.path)))).toBeLessThanOrEqual(2 * files * block);
}

async function twoVersions(): Promise<void> {
  const contents = Object.fromEntries(
    Array.from({ length: files }, (_, i) => [`f/${i}.bin`, randomBytes(200_000)]),
  );
  const folder = await machine.dataset('d', contents);
  await machine.sync(folder, { 'f/0.bin': randomBytes(200_000) });
}

async function clear(id: string): Promise<void> {
  await machine.client.jobs.follow((await machine.client.placements.remove(id)).id);
}

test.for([
  ['d@v1', 'd@v2', 'the first filled'],
  ['d@v2', 'd@v1', 'the first filled'],
  ['d@v1', 'd@v2', 'the second filled'],
  ['d@v2', 'd@v1', 'the second filled'],
])(
  'versions that share files count as the disk does, filled %s, %s and %s cleared first',
  async ([first = '', second = '', which]) => {
    await twoVersions();
    const a = await machine.cached(first);
    await expectTrue();
    const b = await machine.cached(second);
    await expectTrue();
    const [gone, kept] = which === 'the first filled' ? [a, b] : [b, a];
    await clear(gone.id);
    await expectTrue();
    expect((await used()).used).toBeGreaterThan(files * 200_000);
    await machine.cached(gone.id === a.id ? first : second);
    await expectTrue();
    await clear(kept.id);
    await expectTrue();
    for (const { id } of await machine.client.placements.list()) await clear(id);
    expect((await used()).used).toBe(0);
  },
);

/** Changes the database of a daemon that has ended. */
function change(sql: string): void {
  const db = new DatabaseSync(join(machine.home, 'hub.db'));
  db.exec(sql);
  db.close();
}

test('an eviction that the next daemon finishes leaves counts as the disk has them', async () => {
  await twoVersions();
  const { id } = await machine.cached('d@v1');
  await machine.cached('d@v2');
  await machine.end();
  change(`UPDATE placement SET state = 'evicting', job_id = (SELECT id FROM job LIMIT 1) WHERE id = '${id}'`);
  await machine.start();
  expect(await machine.client.placements.list()).toHaveLength(1);
  // What lies in the trash counts until it is deleted, and what was shared until it is measured.
  await until(() =>
    expectTrue().then(
      () => true,
      () => false,
    ),
  );
  expect((await used()).used).toBeGreaterThan(files * 200_000);
});

test('versions found on a cache by a database that was made anew count as the disk does', async () => {
  await twoVersions();
  await machine.client.caches.attach({ name: 'fast', path: machine.path('fast'), capacity: 10_000_000 });
  await machine.cached('d@v1', 'fast');
  await machine.cached('d@v2', 'fast');
  const before = (await used()).used;
  await machine.end();
  change('DELETE FROM placement');
  await machine.start();
  await until(async () => Math.abs((await used()).used - before) < 2 * files * block);
  await expectTrue();
});

test('an eviction that freed less than it promised is followed by another, and the capacity holds', async () => {
  const folder = await machine.dataset('d', { 'keep.bin': randomBytes(3_000_000), 'b.txt': 'one' });
  await machine.sync(folder, { 'b.txt': 'two' });
  await machine.dataset('other', { 'a.bin': randomBytes(2_000_000) });
  const path = machine.path('tiny');
  await machine.client.caches.attach({ name: 'tiny', path, capacity: 4_000_000 });
  await machine.cached('d@v1', 'tiny');
  await machine.cached('d@v2', 'tiny');
  expect(await machine.cached('other', 'tiny')).toMatchObject({ state: 'ready' });
  expect((await machine.client.placements.list()).map((each) => each.dataset)).toEqual(['other']);
  expect(await onDisk(path)).toBeLessThan(4_000_000);
});
