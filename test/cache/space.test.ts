import { execFileSync } from 'node:child_process';
import { linkSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { layout } from '../../core/src/cache/layout.ts';
import { makeTestCache, type TestCache } from '../../core/src/cache/testing/testCache.ts';
import { readTree } from '../../core/src/dataset/checkout/testing/testTree.ts';
import { type TestTree, testControl } from '../../core/src/dataset/checkout/testing/testVersion.ts';
import { type SmallDisk, smallExt4, smallTmpfs } from './smallDisk.ts';

let disk: SmallDisk;
let world: TestCache;
afterEach(() => {
  world.remove();
  disk.unmount();
});

async function cacheOn(small: SmallDisk): Promise<void> {
  disk = small;
  world = await makeTestCache(join(small.path, 'cache'));
}

const files = (count: number, bytes: number): TestTree =>
  Object.fromEntries(
    Array.from({ length: count }, (_, i) => [`d${i % 3}/f${i}`, { content: `${i}`.padEnd(bytes, '.') }]),
  );
const MB = 1024 * 1024;

function expectEmpty(): void {
  const { path } = world.cache;
  expect(readdirSync(layout.staging(path))).toEqual([]);
  expect(readdirSync(layout.trash(path))).toEqual([]);
  expect(readdirSync(layout.datasets(path))).toEqual([]);
}

describe('a cache that is too small', () => {
  test('refuses a version before its first byte, saying what is needed and free', async () => {
    await cacheOn(smallTmpfs(2 * MB, 1000));
    const version = await world.make(files(30, 100_000));
    const control = testControl();
    await expect(world.fill(version, {}, control)).rejects.toMatchObject({
      code: 'no-space',
      message: expect.stringMatching(/digits@v1 needs 3\.\d MB.*has 2\.\d MB free/),
      hint: expect.stringMatching(/Free \d+ kB or more/),
    });
    expect(control.tallies).toEqual([]);
    expectEmpty();
  });

  test.each([
    ['tmpfs', () => smallTmpfs(64 * MB, 60)],
    ['ext4', () => smallExt4(16 * MB, 64)],
  ])('refuses a version when it is out of inodes, on %s', async (_, make) => {
    await cacheOn(make());
    const version = await world.make(files(100, 10));
    await expect(world.fill(version)).rejects.toMatchObject({
      code: 'no-space',
      message: expect.stringMatching(/needs 104 files and folders.*room for \d+ more.*inodes/),
    });
    expectEmpty();
    expect((await world.fill(await world.make(files(20, 10)))).files).toBe(20);
  });

  test('counts what a ready version lends', async () => {
    await cacheOn(smallTmpfs(2 * MB, 1000));
    const tree = files(12, 100_000);
    const first = await world.make(tree);
    await world.fill(first);
    const second = await world.make({ ...tree, more: { content: 'more' } }, { version: 2, before: first });
    await expect(world.fill(second)).rejects.toMatchObject({ code: 'no-space' });
    expect((await world.fill(second, { reuse: [first] })).files).toBe(13);
  });

  test('that somebody else fills up meanwhile stops the fill, with nothing left of it', async () => {
    await cacheOn(smallTmpfs(4 * MB, 1000));
    const version = await world.make(files(25, 100_000), { packBytes: 300_000 });
    let taken = false;
    const lake = Object.assign(Object.create(world.lake), {
      get: (key: string, options?: object) => {
        if (key.includes('/packs/') && !taken) {
          taken = true;
          writeFileSync(join(disk.path, 'ballast'), Buffer.alloc(2 * MB));
        }
        return world.lake.get(key, options);
      },
    });
    await expect(world.fill(version, { lake })).rejects.toMatchObject({
      code: 'no-space',
      message: expect.stringMatching(/disk .* is used up.*needs 2\.5 MB in 25 files; there is .* free/),
    });
    expectEmpty();
  });
});

test('files that may not be linked come from the lake, each of them', async () => {
  await cacheOn(smallExt4(64 * MB, 4096));
  const tree = files(30, 10);
  const first = await world.make(tree);
  const { path } = await world.fill(first);
  const immutable = Object.keys(tree).slice(0, 3);
  for (const name of immutable) execFileSync('chattr', ['+i', join(path, name)]);
  const second = await world.make(tree, { version: 2, before: first });
  const filled = await world.fill(second, { reuse: [first] });
  for (const name of immutable) execFileSync('chattr', ['-i', join(path, name)]);
  expect(Object.keys(readTree(filled.path)).sort()).toEqual(Object.keys(tree).sort());
  expect(filled.storedInodes).toBe(3 + 3 + 1);
});

test('a file with as many links as the file system allows is copied', async () => {
  await cacheOn(smallExt4(64 * MB, 4096));
  const first = await world.make({ popular: { content: 'popular' } });
  const { path } = await world.fill(first);
  const crowd = join(disk.path, 'crowd');
  mkdirSync(crowd);
  for (let i = 0; ; i++) {
    try {
      linkSync(join(path, 'popular'), join(crowd, String(i)));
    } catch (error) {
      expect(error).toMatchObject({ code: 'EMLINK' });
      break;
    }
  }
  const second = await world.make(
    { popular: { content: 'popular' }, other: { content: 'o' } },
    { version: 2, before: first },
  );
  const filled = await world.fill(second, { reuse: [first] });
  expect(readFileSync(join(filled.path, 'popular'), 'utf8')).toBe('popular');
  expect(statSync(join(filled.path, 'popular'))).toMatchObject({ nlink: 1, mode: 0o100444 });
});
