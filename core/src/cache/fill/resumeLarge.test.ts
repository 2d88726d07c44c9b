import { hash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ForebayError } from '../../api/errors.ts';
import { type TestVersion, testControl, writeManifest } from '../../dataset/checkout/testing/testVersion.ts';
import type { Entry, Part } from '../../dataset/entry.ts';
import { keyOf, randomName } from '../../dataset/names.ts';
import { changedLake, noise } from '../../dataset/testing/lake.ts';
import type { Lake } from '../../lake/lake.ts';
import { layout, staged } from '../layout.ts';
import { makeTestCache, type TestCache } from '../testing/testCache.ts';

const MiB = 2 ** 20;
const parts = 10;
const content = noise(parts * 3 * MiB, 'fill');
let world: TestCache;
// Threads are started: that takes its time on a machine that is busy with something else.
vi.setConfig({ testTimeout: 60_000 });

beforeEach(async () => {
  world = await makeTestCache();
});
afterEach(() => world.remove());

/** A version of one large file in parts of 3 MiB, with hashes or as an earlier Forebay wrote them. */
async function makeLarge(options: {
  hashes: boolean;
  version?: number;
  path?: string;
}): Promise<TestVersion> {
  const { lake, datasetId } = world;
  const pack = randomName();
  await lake.put(keyOf.pack(datasetId, pack), Buffer.concat([Buffer.alloc(512), content]));
  const pieces = Array.from({ length: parts }, (_, i): Part => {
    const [offset, length] = [i * 3 * MiB, 3 * MiB];
    const place = { pack, offset: 512 + offset, length, codec: 'raw' as const, size: length };
    return options.hashes
      ? { ...place, sha256: hash('sha256', content.subarray(offset, offset + length)) }
      : place;
  });
  const entry: Entry = {
    kind: 'file',
    path: options.path ?? 'large',
    size: content.length,
    executable: false,
    mtime: 1_700_000_000_000,
    sha256: hash('sha256', content),
    parts: pieces,
  };
  return writeManifest(lake, datasetId, [entry], options.version ?? 1, [pack]);
}

/** The lake, which goes away once it has given `most` bytes of packs; counts them. */
function counted(most = Number.POSITIVE_INFINITY): { lake: Lake; read: () => number } {
  let read = 0;
  const lake = changedLake(world.lake, {
    get: async (key, options = {}) => {
      if (key.includes('/packs/')) {
        if (read >= most) throw new ForebayError('lake-unreachable', 'The lake is gone.');
        read += options.range?.length ?? content.length;
      }
      return world.lake.get(key, options as object);
    },
  });
  return { lake, read: () => read };
}

const stagedFile = (): string => {
  const [name = ''] = readdirSync(layout.staging(world.cache.path));
  return join(staged.tree(join(layout.staging(world.cache.path), name)), 'large');
};

async function cutOff(version: TestVersion): Promise<void> {
  const { lake } = counted(15 * MiB);
  await expect(world.fill(version, { lake })).rejects.toMatchObject({ code: 'lake-unreachable' });
  expect(statSync(stagedFile()).size).toBeGreaterThan(5 * MiB);
}

describe.each([true, false])('a fill that was cut off in a large file (parts with hashes: %s)', (hashes) => {
  test('goes on behind the parts that were written, and says so', async () => {
    const version = await makeLarge({ hashes });
    await cutOff(version);
    const { size } = statSync(stagedFile());
    const { lake, read } = counted();
    const { path, resumedBytes } = await world.fill(version, { lake });
    expect(resumedBytes).toBe(Math.floor(size / (3 * MiB)) * 3 * MiB);
    expect(read()).toBeLessThanOrEqual(content.length - resumedBytes + 512);
    expect(readFileSync(join(path, 'large')).equals(content)).toBe(true);
    expect(statSync(join(path, 'large')).mode & 0o777).toBe(0o444);
  });

  test('takes over nothing that is no longer what was written', async () => {
    const version = await makeLarge({ hashes });
    await cutOff(version);
    const file = openSync(stagedFile(), 'r+');
    writeSync(file, Buffer.from('changed'), 0, 7, 4 * MiB);
    closeSync(file);
    const { path } = await world.fill(version);
    expect(readFileSync(join(path, 'large')).equals(content)).toBe(true);
  });
});

test('goes on though another version that has the file has become ready meanwhile', async () => {
  const version = await makeLarge({ hashes: true });
  await cutOff(version);
  const other = await makeLarge({ hashes: true, version: 2 });
  await world.fill(other);
  const { path } = await world.fill(version, { reuse: [other] });
  expect(readFileSync(join(path, 'large')).equals(content)).toBe(true);
});

test('a wrong part is had once more from the lake, and what is before it stays', async () => {
  const version = await makeLarge({ hashes: true });
  let read = 0;
  let spoilt = false;
  const lake = changedLake(world.lake, {
    get: async (key, options) => {
      const bytes = await world.lake.get(key, options as object);
      if (!bytes || !key.includes('/packs/')) return bytes;
      read += bytes.length;
      if (spoilt || (options?.range?.offset ?? 0) < 20 * MiB) return bytes;
      spoilt = true;
      bytes[7] = (bytes[7] ?? 0) ^ 1;
      return bytes;
    },
  });
  const { path, resumedBytes } = await world.fill(version, { lake });
  expect(spoilt).toBe(true);
  expect(resumedBytes).toBe(0);
  expect(read).toBeLessThan(content.length + 15 * MiB);
  expect(readFileSync(join(path, 'large')).equals(content)).toBe(true);
});

test('a fill that is cancelled in a large file leaves nothing of it', async () => {
  const version = await makeLarge({ hashes: true });
  const control = testControl();
  control.report = ({ bytes }) => void (bytes > 5 * MiB && control.stop());
  await expect(world.fill(version, {}, control)).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(layout.staging(world.cache.path))).toEqual([]);
});
