import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CacheDirectory } from './directory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forebay-cache-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a cache directory', () => {
  test('is claimed once, by one hub; its owner may claim it again', async () => {
    await CacheDirectory.claim(folder, 'hub-one');
    await CacheDirectory.claim(folder, 'hub-one');
    await expect(CacheDirectory.claim(folder, 'hub-two')).rejects.toMatchObject({
      code: 'cache-foreign',
      message: expect.stringContaining('hub-one'),
    });
    await expect(CacheDirectory.open(folder, 'hub-two')).rejects.toMatchObject({ code: 'cache-foreign' });
  });

  test('goes to exactly one of many hubs that claim it at once', async () => {
    const hubs = Array.from({ length: 12 }, (_, i) => `hub-${i}`);
    const outcomes = await Promise.allSettled(hubs.map((hub) => CacheDirectory.claim(folder, hub)));
    const winners = hubs.filter((_, i) => outcomes[i]?.status === 'fulfilled');
    expect(winners).toHaveLength(1);
    expect(JSON.parse(readFileSync(join(folder, 'forebay-cache.json'), 'utf8')).hub).toBe(winners[0]);
  });

  test('that is missing, a file, or came from another version is unfit', async () => {
    await expect(CacheDirectory.claim(join(folder, 'none'), 'h')).rejects.toMatchObject({
      code: 'cache-unfit',
    });
    writeFileSync(join(folder, 'file'), '');
    await expect(CacheDirectory.claim(join(folder, 'file'), 'h')).rejects.toMatchObject({
      code: 'cache-unfit',
    });
    mkdirSync(join(folder, 'newer'));
    writeFileSync(join(folder, 'newer/forebay-cache.json'), '{"format": 2}');
    await expect(CacheDirectory.claim(join(folder, 'newer'), 'h')).rejects.toMatchObject({
      code: 'cache-unfit',
    });
  });

  test('that lost its claim, as an unmounted one does, is not taken for an empty one', async () => {
    await CacheDirectory.claim(folder, 'hub-one');
    chmodSync(join(folder, 'forebay-cache.json'), 0o644);
    unlinkSync(join(folder, 'forebay-cache.json'));
    await expect(CacheDirectory.open(folder, 'hub-one')).rejects.toMatchObject({
      code: 'cache-unfit',
      hint: expect.stringContaining('mounted'),
    });
  });

  test('is made only where that is asked for', async () => {
    const cache = await CacheDirectory.claim(join(folder, 'a/b'), 'hub-one', { create: true });
    expect(cache.path).toBe(join(folder, 'a/b'));
  });
});
