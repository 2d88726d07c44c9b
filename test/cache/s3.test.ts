import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CacheDirectory } from '../../core/src/cache/directory.ts';
import { evictVersion } from '../../core/src/cache/evict.ts';
import { fillVersion } from '../../core/src/cache/fill/fill.ts';
import { verifyPlacement } from '../../core/src/cache/verify.ts';
import { readTree } from '../../core/src/dataset/checkout/testing/testTree.ts';
import {
  makeVersion,
  type TestTree,
  testControl,
} from '../../core/src/dataset/checkout/testing/testVersion.ts';
import { keyOf, randomName } from '../../core/src/dataset/names.ts';
import { measureSelection, partHash } from '../../core/src/dataset/selection.ts';
import { verifyVersion } from '../../core/src/dataset/verify/verify.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { s3Lakes } from '../lake/lakes.ts';

let lakes: Awaited<ReturnType<typeof s3Lakes>>;
let lake: Lake;
let folder: string;
let cache: CacheDirectory;
const dataset = { id: randomName(), name: 'digits' };

beforeAll(async () => {
  lakes = await s3Lakes();
  lake = openLake(lakes.locate());
  await lake.create();
  folder = mkdtempSync(join(tmpdir(), 'forebay-cache-s3-'));
  cache = await CacheDirectory.claim(folder, 'hub-one');
});
afterAll(async () => {
  lake?.close();
  await lakes?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const tree: TestTree = {
  ...Object.fromEntries(
    Array.from({ length: 300 }, (_, i) => [
      `d${i % 5}/f${i}`,
      { content: `${i} `.repeat(200), stored: i % 3 === 0 ? ('zstd' as const) : ('raw' as const) },
    ]),
  ),
  'large.bin': { content: Buffer.alloc(40 * 2 ** 20, 'large ') },
  'chunks.bin': { content: Buffer.alloc(2 ** 20, 'chunks '), stored: 'chunks' },
};

describe('a version in S3', () => {
  test('is filled, verified on both sides, and its successor takes only what is new', async () => {
    const first = await makeVersion(lake, dataset.id, tree, { packBytes: 100_000 });
    const filled = await fillVersion(
      { cache, lake, dataset, version: first, fillId: randomName() },
      testControl(),
    );
    expect(filled.files).toBe(302);
    const request = { cache, lake, dataset, version: first };
    expect((await verifyPlacement(request, testControl())).problems).toEqual([]);
    const whole = await verifyVersion({ lake, datasetId: dataset.id, version: first }, testControl());
    expect(whole).toMatchObject({ ok: true, files: 302, bytes: first.bytes });
    const changed: TestTree = { ...tree, 'd0/f0': { content: 'changed' } };
    const second = await makeVersion(lake, dataset.id, changed, { version: 2, before: first });
    const next = await fillVersion(
      { cache, lake, dataset, version: second, fillId: randomName(), reuse: [first] },
      testControl(),
    );
    expect(next.storedInodes).toBe(1 + 5 + 1);
    expect(readTree(next.path)).toMatchObject({
      'd0/f0': { content: 'changed' },
      'd1/f1': { content: '1 '.repeat(200) },
    });
    await evictVersion({ cache, dataset, version: 1 });
    await evictVersion({ cache, dataset, version: 2 });
  });

  test('is filled in part, by as little of its packs as that takes; the whole takes the rest', async () => {
    const version = await makeVersion(lake, dataset.id, tree, { packBytes: 20_000, version: 4 });
    const selection = { include: ['d1/**', 'chunks.*'], exclude: ['f?'] };
    const size = await measureSelection(lake, dataset.id, version.root, selection);
    const part = { ...version, ...size, selection };
    let read = 0;
    const counting = Object.assign(Object.create(lake), {
      get: async (key: string, options?: Parameters<Lake['get']>[1]) => {
        const bytes = await lake.get(key, options);
        if (key.includes('/packs/')) read += bytes?.length ?? 0;
        return bytes;
      },
    });
    const request = { cache, dataset, fillId: randomName() };
    const filled = await fillVersion({ ...request, lake: counting, version: part }, testControl());
    const names = Object.keys(readTree(filled.path));
    expect(filled).toMatchObject({ files: 60 - 2 + 1, bytes: size.bytes });
    expect(names).toHaveLength(59);
    expect(names.every((name) => /^d1\/f\d\d+$|^chunks.bin$/.test(name))).toBe(true);
    expect(read).toBeLessThan(2 * 2 ** 20);
    expect((await verifyPlacement({ cache, lake, dataset, version: part }, testControl())).ok).toBe(true);
    const whole = await fillVersion(
      { ...request, lake, version, fillId: randomName(), reuse: [part] },
      testControl(),
    );
    expect([whole.files, whole.storedInodes]).toEqual([302, 302 - 59 + 5 + 1]);
    await evictVersion({ cache, dataset, version: 4 });
    expect((await verifyPlacement({ cache, lake, dataset, version: part }, testControl())).ok).toBe(true);
    await evictVersion({ cache, dataset, version: 4, part: partHash(selection) });
    expect((await cache.measure()).used).toBeLessThan(10_000);
  });

  test.each([
    ['cut short', (bytes: Uint8Array) => bytes.subarray(0, 2000)],
    ['changed', (bytes: Uint8Array) => Buffer.from(bytes).fill(1, 512)],
    ['deleted', () => undefined],
  ])('with a pack that was %s is refused by name', async (_, damage) => {
    const version = await makeVersion(
      lake,
      dataset.id,
      { 'a/small': { content: 'x'.repeat(1000) }, b: { content: 'y'.repeat(5000) } },
      { version: 3 },
    );
    const key = keyOf.pack(dataset.id, version.packs[0] ?? '');
    const bytes = damage((await lake.get(key)) ?? new Uint8Array());
    await lake.delete(key);
    if (bytes) await lake.put(key, bytes);
    const filling = fillVersion({ cache, lake, dataset, version, fillId: randomName() }, testControl());
    await expect(filling).rejects.toMatchObject({ code: 'damaged', message: expect.stringContaining(key) });
    const { problems } = await verifyVersion({ lake, datasetId: dataset.id, version }, testControl());
    expect(problems.map(({ path }) => path)).toContain('b');
    expect((await cache.find(dataset, 3)).inode).toBe(null);
  });
});
