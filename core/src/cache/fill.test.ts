import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readTree } from '../dataset/checkout/testTree.ts';
import { makeTestLake, makeVersion, type TestLake, testControl } from '../dataset/checkout/testVersion.ts';
import { randomName } from '../dataset/names.ts';
import { CacheDirectory, isPublished } from './directory.ts';
import { evictVersion } from './evict.ts';
import { fillVersion } from './fill.ts';
import { layout } from './layout.ts';
import { verifyPlacement } from './verify.ts';

let world: TestLake;
let cache: CacheDirectory;
let dataset: { id: string; name: string };

beforeEach(async () => {
  world = await makeTestLake();
  cache = await CacheDirectory.claim(join(world.folder, 'cache'), 'hub-one', { create: true });
  dataset = { id: world.datasetId, name: 'digits' };
});
afterEach(() => world.remove());

describe('a fill', () => {
  test('publishes the whole version, read-only, and an eviction leaves nothing', async () => {
    const version = await makeVersion(world.lake, world.datasetId, {
      'a/one.txt': { content: 'one' },
      'a/run.sh': { content: '#!/bin/sh', executable: true },
      'b/empty': { content: '' },
      'b/folder': 'folder',
      'c.link': { target: 'a/one.txt' },
    });
    const fillId = randomName();
    const filled = await fillVersion({ cache, lake: world.lake, dataset, version, fillId }, testControl());
    expect(filled).toMatchObject({
      path: join(cache.path, `datasets/digits~${dataset.id}/v1`),
      files: 3,
      bytes: 12,
    });
    expect(Object.keys(readTree(filled.path))).toEqual([
      'a/one.txt',
      'a/run.sh',
      'b/empty',
      'b/folder',
      'c.link',
    ]);
    expect(statSync(join(filled.path, 'a/run.sh')).mode & 0o7777).toBe(0o555);
    expect(statSync(join(filled.path, 'a/one.txt')).mode & 0o7777).toBe(0o444);
    expect(statSync(join(filled.path, 'a')).mode & 0o7777).toBe(0o555);
    expect(statSync(filled.path).mode & 0o7777).toBe(0o555);
    expect(await isPublished({ ...filled, fillId, digest: version.digest })).toBe(true);
    expect(readdirSync(layout.staging(cache.path))).toEqual([]);
    const proof = await verifyPlacement({ cache, lake: world.lake, dataset, version }, testControl());
    expect(proof).toEqual({ ok: true, files: 3, bytes: 12, problems: [] });
    expect(await evictVersion({ cache, dataset, version: 1 })).toBe(true);
    expect(readdirSync(join(cache.path, `datasets/digits~${dataset.id}`))).toEqual([]);
    expect(readdirSync(layout.trash(cache.path))).toEqual([]);
  });
});
