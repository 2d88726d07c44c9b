import {
  chmodSync,
  readdirSync,
  readFileSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readTree } from '../../dataset/checkout/testing/testTree.ts';
import { type TestTree, testControl } from '../../dataset/checkout/testing/testVersion.ts';
import { keyOf, randomName } from '../../dataset/names.ts';
import { evictVersion } from '../evict.ts';
import { layout } from '../layout.ts';
import { isReady } from '../record.ts';
import { makeTestCache, type TestCache } from '../testing/testCache.ts';
import { moveToTrash } from '../trash.ts';
import { verifyPlacement } from '../verify.ts';

let world: TestCache;
// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestCache();
});
afterEach(() => world.remove());

const digits: TestTree = {
  'a/one.txt': { content: 'one' },
  'a/run.sh': { content: '#!/bin/sh', executable: true },
  'b/empty': { content: '' },
  'b/folder': 'folder',
  'c.link': { target: 'a/one.txt' },
};

const placed = (): string[] => {
  const datasets = layout.datasets(world.cache.path);
  return readdirSync(datasets).flatMap((name) => readdirSync(join(datasets, name)));
};
const internals = (): string[] => [
  ...readdirSync(layout.staging(world.cache.path)),
  ...readdirSync(layout.trash(world.cache.path)),
];

describe('a fill', () => {
  test('publishes the whole version, read-only, and an eviction leaves nothing', async () => {
    const { cache, dataset, lake } = world;
    const version = await world.make(digits);
    const fillId = randomName();
    const filled = await world.fill(version, { fillId });
    const path = join(cache.path, `datasets/digits~${dataset.id}/v1`);
    expect(filled).toMatchObject({ path, files: 3, bytes: 12, storedInodes: 8 });
    expect(Object.keys(readTree(path))).toEqual(Object.keys(digits));
    const modeOf = (name: string): number => statSync(join(path, name)).mode & 0o7777;
    expect([modeOf('a/one.txt'), modeOf('a/run.sh'), modeOf('a'), modeOf('b/folder'), modeOf('')]).toEqual([
      0o444, 0o555, 0o555, 0o555, 0o555,
    ]);
    const found = await cache.find(dataset, 1);
    const wanted = { datasetId: dataset.id, version: 1, digest: version.digest };
    expect(isReady(found, wanted)).toBe(true);
    expect(found).toMatchObject({ inode: filled.inode, record: { fill: fillId, files: 3, bytes: 12 } });
    expect(internals()).toEqual([]);
    const proof = await verifyPlacement({ cache, lake, dataset, version }, testControl());
    expect(proof).toEqual({ ok: true, files: 3, bytes: 12, problems: [] });
    expect(await evictVersion({ cache, dataset, version: 1 })).toBe(true);
    expect(isReady(await cache.find(dataset, 1), wanted)).toBe(false);
    expect([...placed(), ...internals()]).toEqual([]);
  });

  test('hard-links what a ready version has, and an eviction of that one takes nothing from it', async () => {
    const first = await world.make({
      same: { content: 'same' },
      old: { content: 'old' },
      mode: { content: 'm' },
    });
    const before = await world.fill(first);
    const second = await world.make(
      { same: { content: 'same' }, old: { content: 'new' }, mode: { content: 'm', executable: true } },
      { version: 2, before: first },
    );
    const { path, storedInodes } = await world.fill(second, { reuse: [first] });
    const inode = (folder: string, name: string): number => statSync(join(folder, name)).ino;
    expect(inode(path, 'same')).toBe(inode(before.path, 'same'));
    expect(inode(path, 'mode')).not.toBe(inode(before.path, 'mode'));
    expect(storedInodes).toBe(3);
    expect((await world.cache.measure()).inodes).toBe(3 + 1 + 3 + 2 + 1);
    await evictVersion({ cache: world.cache, dataset: world.dataset, version: 1 });
    expect(readFileSync(join(path, 'same'), 'utf8')).toBe('same');
    expect(statSync(join(path, 'same')).mode & 0o777).toBe(0o444);
  });

  test('links nothing that was tampered with, neither in size nor in time', async () => {
    const first = await world.make({ a: { content: 'aaaa' }, b: { content: 'bbbb' } });
    const before = await world.fill(first);
    chmodSync(join(before.path, 'a'), 0o644);
    writeFileSync(join(before.path, 'a'), 'AAAA');
    chmodSync(join(before.path, 'a'), 0o444);
    const second = await world.make(
      { a: { content: 'aaaa' }, b: { content: 'bbbb' } },
      { version: 2, before: first },
    );
    const { path } = await world.fill(second, { reuse: [first] });
    expect(readTree(path)).toMatchObject({ a: { content: 'aaaa' }, b: { content: 'bbbb' } });
    expect(statSync(join(path, 'b')).ino).toBe(statSync(join(before.path, 'b')).ino);
  });

  test('that is cancelled leaves nothing and shows nothing, at whatever point', async () => {
    const tree = Object.fromEntries(
      Array.from({ length: 2000 }, (_, i) => [`d${i % 7}/f${i}`, { content: `${i}` }]),
    );
    const version = await world.make(tree, { packBytes: 2000 });
    for (const phase of ['filling', 'verifying', 'publishing']) {
      const control = testControl();
      control.report = (tally) => {
        if (tally.phase === phase) control.stop();
      };
      const outcome = await world.fill(version, {}, control).catch((error) => error.code);
      if (phase !== 'publishing') expect(outcome).toBe('cancelled');
      if (outcome !== 'cancelled') continue;
      expect([...placed(), ...internals()]).toEqual([]);
    }
    expect((await world.fill(version)).files).toBe(2000);
  });

  test.each([
    ['a flipped bit', (path: string) => flip(path, 512)],
    ['a missing pack', (path: string) => unlinkSync(path)],
    ['a pack cut short', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 513))],
  ])(
    'of a lake with %s is never ready, names the file and the pack, and leaves nothing',
    async (_, damage) => {
      const version = await world.make({ 'a/one': { content: 'one' }, b: { content: 'two' } });
      damage(join(world.lake.url, keyOf.pack(world.datasetId, version.packs[0] ?? '')));
      await expect(world.fill(version)).rejects.toMatchObject({
        code: 'damaged',
        message: expect.stringMatching(/a\/one.*packs\/[a-z2-7]{26}\.tar/),
      });
      expect([...placed(), ...internals()]).toEqual([]);
    },
  );

  test('of a manifest that is not the version’s is refused', async () => {
    const version = await world.make({ a: { content: 'a' } });
    const other = await world.make({ a: { content: 'b' } });
    await expect(world.fill({ ...version, root: other.root })).rejects.toMatchObject({ code: 'damaged' });
  });

  test('adopts what stands there whole, and replaces what doesn’t', async () => {
    const version = await world.make(digits);
    const first = await world.fill(version);
    const fillId = randomName();
    const again = await world.fill(version, { fillId });
    expect((await world.cache.find(world.dataset, 1)).record).toMatchObject({
      inode: first.inode,
      fill: fillId,
    });
    expect(again).toMatchObject({ path: first.path, inode: first.inode });
    chmodSync(join(first.path, 'a'), 0o755);
    unlinkSync(join(first.path, 'a/one.txt'));
    const anew = await world.fill(version);
    expect(again.fetchedFiles).toBe(0);
    expect(anew.fetchedFiles).toBeGreaterThan(0);
    expect(Object.keys(readTree(anew.path))).toEqual(Object.keys(digits));
  });
});

describe('a heal', () => {
  const tree: TestTree = {
    'a/good': { content: 'good' },
    'a/bad': { content: 'whole' },
    'b/good': { content: 'as well' },
  };
  const spoil = (path: string): void => {
    const { atime, mtime } = statSync(path);
    chmodSync(path, 0o644);
    writeFileSync(path, 'wrong');
    utimesSync(path, atime, mtime);
    chmodSync(path, 0o444);
  };

  test('takes only what is damaged from the lake, and never changes a file in place', async () => {
    const version = await world.make(tree);
    const { path } = await world.fill(version);
    const before = statSync(join(path, 'a/bad')).ino;
    const good = statSync(join(path, 'a/good')).ino;
    spoil(join(path, 'a/bad'));
    const reuse = [{ ...version, damaged: ['a/bad'] }];
    const healed = await world.fill(version, { heal: true, reuse });
    expect(healed).toMatchObject({ path, fetchedFiles: 1, fetchedBytes: 5 });
    expect(readFileSync(join(path, 'a/bad'), 'utf8')).toBe('whole');
    expect(statSync(join(path, 'a/good')).ino).toBe(good);
    expect(statSync(join(path, 'a/bad')).ino).not.toBe(before);
    const { cache, lake, dataset } = world;
    expect(await verifyPlacement({ cache, lake, dataset, version }, testControl())).toMatchObject({
      ok: true,
    });
  });

  test('that died after the damaged one made way ends whole', async () => {
    const version = await world.make(tree);
    const { path } = await world.fill(version);
    spoil(join(path, 'a/bad'));
    await moveToTrash(world.cache.path, path);
    await moveToTrash(world.cache.path, `${path}.json`);
    const reuse = [{ ...version, damaged: ['a/bad'] }];
    expect(await world.fill(version, { heal: true, reuse })).toMatchObject({ fetchedFiles: 3 });
    expect(readFileSync(join(path, 'a/bad'), 'utf8')).toBe('whole');
  });
});

describe('a verification', () => {
  test('names every way in which a placement can differ', async () => {
    const { cache, lake, dataset } = world;
    const version = await world.make({ ...digits, changed: { content: 'before' }, gone: { content: 'g' } });
    const { path } = await world.fill(version);
    for (const folder of [path, join(path, 'a')]) chmodSync(folder, 0o755);
    chmodSync(join(path, 'changed'), 0o644);
    writeFileSync(join(path, 'changed'), 'beFore');
    unlinkSync(join(path, 'gone'));
    writeFileSync(join(path, 'labels.cache'), 'a framework wrote this');
    chmodSync(join(path, 'a/run.sh'), 0o444);
    const { ok, problems } = await verifyPlacement({ cache, lake, dataset, version }, testControl());
    expect(ok).toBe(false);
    expect(problems).toEqual([
      { path: 'a/run.sh', problem: 'is not executable' },
      { path: 'changed', problem: 'has other bytes than were synced' },
      { path: 'gone', problem: 'is missing' },
      { path: 'labels.cache', problem: "doesn't belong to this version" },
    ]);
  });
});

function flip(path: string, at: number): void {
  const bytes = readFileSync(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  writeFileSync(path, bytes);
}
