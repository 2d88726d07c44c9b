import { describe, expect, test } from 'vitest';
import { levelOf } from '../levels/level.ts';
import { cache, now, placement } from '../testing/examples.ts';
import { cacheRow, placementRow, storeIcon } from './cacheRow.ts';

describe("a cache's row", () => {
  test('says how much is taken, fills under way included, and what is free', () => {
    expect(cacheRow(cache()).description).toBe('1.6 TB used · 400 GB free');
  });

  test('says when it is out of reach, and when a restart may empty it', () => {
    expect(cacheRow(cache({ reachable: false, temporary: true })).description).toBe(
      'unreachable · 1.6 TB used · 400 GB free · temporary',
    );
  });

  test('has a gauge that is empty only when nothing is in it, and full only when nothing more fits', () => {
    expect([0, 0.1, 50, 99, 99.9].map(storeIcon)).toEqual([
      'forebay-store-0',
      'forebay-store-20',
      'forebay-store-60',
      'forebay-store-80',
      'forebay-store-100',
    ]);
  });
});

test('a placement says its size and its last use, or that it is in use', () => {
  const row = (part: Parameters<typeof placement>[0]) =>
    placementRow(placement(part), levelOf([placement(part)], new Map()), now);
  expect(row({}).description).toBe('38.2 GB · used 2 h ago');
  expect(row({ lastUsed: new Date(now).toISOString() }).description).toBe('38.2 GB');
  expect(row({ leases: 1 })).toMatchObject({
    description: '38.2 GB · in use',
    context: 'placement.readyInUse',
  });
});
