import { existsSync, readdirSync, renameSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ForebayError } from '../../api/errors.ts';
import type { Selection } from '../../api/schemas.ts';
import { readTree } from '../../dataset/checkout/testing/testTree.ts';
import { type TestTree, type TestVersion, testControl } from '../../dataset/checkout/testing/testVersion.ts';
import { randomName } from '../../dataset/names.ts';
import { measureSelection, partHash } from '../../dataset/selection.ts';
import { evictVersion } from '../evict.ts';
import { layout } from '../layout.ts';
import { type CachedVersion, isReady, partOf } from '../record.ts';
import { recoverCache } from '../recover.ts';
import { measureShares } from '../shares.ts';
import { makeTestCache, type TestCache } from '../testing/testCache.ts';
import { verifyPlacement } from '../verify.ts';

let world: TestCache;
// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestCache();
});
afterEach(() => world.remove());

const tree: TestTree = {
  'images/a.png': { content: 'a'.repeat(5000) },
  'images/b.png': { content: 'b'.repeat(5000) },
  'images/notes.txt': { content: 'n' },
  'labels.csv': { content: 'l'.repeat(9000) },
  'to labels': { target: 'labels.csv' },
  'images/to labels': { target: '../labels.csv' },
};
const images: Selection = { include: ['images/**'], exclude: [] };
const pngs: Selection = { include: ['*.png'], exclude: [] };

async function part(version: TestVersion, selection: Selection): Promise<TestVersion & CachedVersion> {
  const { files, bytes } = await measureSelection(world.lake, world.dataset.id, version.root, selection);
  return { ...version, selection, files, bytes };
}

const find = (version: CachedVersion) => world.cache.find(world.dataset, version.version, partOf(version));
const ready = async (version: CachedVersion) =>
  isReady(await find(version), { ...version, datasetId: world.dataset.id });
const placed = (): string[] => {
  const datasets = layout.datasets(world.cache.path);
  return readdirSync(datasets)
    .flatMap((name) => readdirSync(join(datasets, name)))
    .sort();
};

describe('a part of a version', () => {
  test('lies under a name of its own, proved, and never looks like the whole', async () => {
    const version = await world.make(tree);
    const wanted = await part(version, images);
    const filled = await world.fill(wanted);
    expect(basename(filled.path)).toBe(`v1+${partHash(images)}`);
    expect(filled).toMatchObject({ files: 3, bytes: 10_001, storedInodes: 3 + 1 + 1 + 1 });
    // A link is taken by its own name; its target was left out.
    expect(Object.keys(readTree(filled.path))).toEqual([
      'images/a.png',
      'images/b.png',
      'images/notes.txt',
      'images/to labels',
    ]);
    expect(await ready(wanted)).toBe(true);
    expect(await ready(version)).toBe(false);
    expect(await ready(await part(version, pngs))).toBe(false);
    const { record } = await find(wanted);
    expect(record).toMatchObject({ digest: version.digest, selection: images, files: 3, bytes: 10_001 });
    const { cache, lake, dataset } = world;
    expect(await verifyPlacement({ cache, lake, dataset, version: wanted }, testControl())).toEqual({
      ok: true,
      files: 3,
      bytes: 10_001,
      problems: [],
    });
  });

  test('that lost a file, or has one that it should not, is told by verify', async () => {
    const wanted = await part(await world.make(tree), images);
    const { path } = await world.fill(wanted);
    unlinkSync(join(path, 'images/a.png'));
    writeFileSync(join(path, 'labels.csv'), 'l'.repeat(9000));
    const { cache, lake, dataset } = world;
    const { problems } = await verifyPlacement({ cache, lake, dataset, version: wanted }, testControl());
    expect(problems).toEqual([
      { path: 'images/a.png', problem: 'is missing' },
      { path: 'labels.csv', problem: "doesn't belong to this version" },
    ]);
  });

  test('stands beside the whole and other parts, shares their files, and is cleared by itself', async () => {
    const { cache, dataset } = world;
    const version = await world.make(tree);
    const [one, two] = [await part(version, images), await part(version, pngs)];
    const first = await world.fill(one);
    const second = await world.fill(two, { reuse: [one] });
    const whole = await world.fill(version, { reuse: [one, two] });
    const inode = (folder: string, path: string) => statSync(join(folder, path)).ino;
    for (const { path } of [second, whole]) {
      expect(inode(path, 'images/a.png')).toBe(inode(first.path, 'images/a.png'));
    }
    // Two folders of its own; of the whole also labels.csv and two links.
    expect([second.storedInodes, whole.storedInodes]).toEqual([2, 5]);
    const shares = await measureShares(cache, dataset);
    expect(shares.map((share) => share.part)).toEqual([null, ...[partHash(images), partHash(pngs)].sort()]);
    const { used, inodes } = await cache.measure();
    const sum = (of: 'bytes' | 'inodes') => shares.reduce((all, share) => all + share[of], 0);
    // The folder of the dataset and the records are nobody's.
    expect(inodes - sum('inodes')).toBe(1 + 3);
    expect(used - sum('bytes')).toBeLessThan(20_000);
    await evictVersion({ cache, dataset, version: 1, part: partOf(one) });
    expect([await ready(one), await ready(two), await ready(version)]).toEqual([false, true, true]);
    await evictVersion({ cache, dataset, version: 1 });
    expect([await ready(two), await ready(version)]).toEqual([true, false]);
    expect(Object.keys(readTree(second.path))).toEqual(['images/a.png', 'images/b.png']);
    expect(placed()).toEqual([`v1+${partHash(pngs)}`, `v1+${partHash(pngs)}.json`]);
  });

  test('of the next version takes only what is new from the lake', async () => {
    const version = await world.make(tree);
    const one = await part(version, images);
    await world.fill(one);
    const changed = { ...tree, 'images/b.png': { content: 'B'.repeat(100) }, 'labels.csv': { content: 'L' } };
    const next = await part(await world.make(changed, { version: 2, before: version }), images);
    const filled = await world.fill(next, { reuse: [one] });
    // The changed file, a link, two folders.
    expect([filled.storedInodes, filled.files]).toEqual([4, 3]);
  });

  test('needs room for itself alone', async () => {
    const version = await world.make({ ...tree, 'large.bin': { content: Buffer.alloc(3_000_000) } });
    const limits = { capacity: 1_000_000, used: 0, reserved: { bytes: 0, inodes: 0 } };
    await expect(world.fill(version, { limits })).rejects.toMatchObject({ code: 'no-space' });
    expect((await world.fill(await part(version, images), { limits })).files).toBe(3);
    const small = { ...limits, capacity: 5000 };
    await expect(world.fill(await part(version, pngs), { limits: small })).rejects.toMatchObject({
      message: expect.stringContaining('digits@v1 (part: *.png) needs'),
    });
  });

  test('that is being filled is not taken over by a fill of the whole, nor cleared with it', async () => {
    const { cache, dataset } = world;
    const version = await world.make(tree);
    const wanted = await part(version, images);
    const stalled = Promise.withResolvers<void>();
    const going = Promise.withResolvers<void>();
    const lake = Object.assign(Object.create(world.lake), {
      get: async (key: string, options?: object) => {
        if (key.includes('/packs/')) {
          going.resolve();
          await stalled.promise;
        }
        return world.lake.get(key, options);
      },
    });
    const filling = world.fill(wanted, { lake });
    await going.promise;
    await world.fill(version);
    await evictVersion({ cache, dataset, version: 1 });
    stalled.resolve();
    expect((await filling).files).toBe(3);
    expect([await ready(wanted), await ready(version)]).toEqual([true, false]);
  });
});

describe('after a crash', () => {
  /** A fill that the machine stopped doing somewhere: its staging folder stays. */
  async function dieWhile(version: CachedVersion, die: (key: string) => boolean): Promise<void> {
    const lake = Object.assign(Object.create(world.lake), {
      get: async (key: string, options?: object) => {
        if (die(key)) throw new ForebayError('lake-unreachable', 'gone');
        return world.lake.get(key, options);
      },
    });
    const filling = world.fill(version as TestVersion, { lake });
    await expect(filling).rejects.toMatchObject({ code: 'lake-unreachable' });
  }

  test('the fill of a part goes on, and that of another part or the whole does not begin with its files', async () => {
    const version = await world.make(
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`d/f${i}`, { content: `${i}`.repeat(50) }])),
      { packBytes: 500 },
    );
    const wanted = await part(version, { include: ['d/*'], exclude: ['*9'] });
    const late = version.packs.at(-2) ?? '';
    await dieWhile(wanted, (key) => key.includes(late));
    const known = { datasetId: world.dataset.id, version: 1 };
    expect((await recoverCache(world.cache, [{ ...known, part: partOf(wanted) }])).staging).toHaveLength(1);
    await world.fill(version);
    expect(readdirSync(layout.staging(world.cache.path))).toHaveLength(1);
    const gets = new Set<string>();
    const lake = Object.assign(Object.create(world.lake), {
      get: (key: string, options?: object) => {
        if (key.includes('/packs/')) gets.add(key);
        return world.lake.get(key, options);
      },
    });
    const filled = await world.fill(wanted, { lake });
    expect(filled.files).toBe(36);
    expect(gets.size).toBeLessThan(version.packs.length - 1);
    expect(readdirSync(layout.staging(world.cache.path))).toEqual([]);
  });

  test('what is ready is found with its selection, and what nobody wants any more goes', async () => {
    const version = await world.make(tree);
    const wanted = await part(version, images);
    const { path } = await world.fill(wanted);
    await world.fill(version);
    const last = version.packs.at(-1) ?? '';
    await dieWhile(await part(version, pngs), (key) => key.includes(last));
    const found = await recoverCache(world.cache, [{ datasetId: world.dataset.id, version: 1 }]);
    expect(found.ready.map(({ record }) => record.selection ?? null)).toEqual([null, images]);
    expect(found.staging).toEqual([]);
    expect(existsSync(path)).toBe(true);
  });

  test('a part under the name of the whole, or of another part, is not ready', async () => {
    const wanted = await part(await world.make(tree), images);
    const { path } = await world.fill(wanted);
    for (const name of ['v1', `v1+${partHash(pngs)}`]) {
      const other = join(dirname(path), name);
      const from = existsSync(path) ? path : join(dirname(path), 'v1');
      renameSync(from, other);
      renameSync(`${from}.json`, `${other}.json`);
      expect(await measureShares(world.cache, world.dataset)).toEqual([]);
      expect(await ready({ ...wanted, selection: name === 'v1' ? null : pngs })).toBe(false);
    }
    expect((await recoverCache(world.cache, [])).ready).toEqual([]);
    expect(placed()).toEqual([]);
  });

  test('a fill that finds the part standing takes it as it is, once it hashed every byte', async () => {
    const wanted = await part(await world.make(tree), images);
    const first = await world.fill(wanted);
    const fillId = randomName();
    const again = await world.fill(wanted, { fillId });
    expect(again.inode).toBe(first.inode);
    expect((await find(wanted)).record).toMatchObject({ fill: fillId, selection: images });
  });
});
