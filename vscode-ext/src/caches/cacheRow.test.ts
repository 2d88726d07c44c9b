import { describe, expect, test } from 'vitest';
import { levelOf } from '../levels/level.ts';
import { cache, lease, now, placement } from '../testing/examples.ts';
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

describe("a placement's row", () => {
  const row = (part: Parameters<typeof placement>[0], holders: Parameters<typeof placementRow>[3] = []) =>
    placementRow(placement(part), levelOf([placement(part)], new Map()), now, holders);

  test('says its size, its last use and when it ages out', () => {
    expect(row({}).description).toBe('38.2 GB · 22 h left · used 2 h ago');
    expect(row({ lastUsed: new Date(now).toISOString(), expires: null }).description).toBe(
      '38.2 GB · used just now',
    );
  });

  test('says who uses it, and that it stays', () => {
    const kernel = lease({ holder: { kind: 'connection', label: 'Kernel of train.ipynb' } });
    expect(row({ leases: 2, pinned: true }, [kernel, lease()])).toMatchObject({
      description: '38.2 GB · in use by Kernel of train.ipynb and 1 more · pinned',
      context: 'placement.readyInUsePinned',
    });
    expect(row({ leases: 1 }, [lease()]).tooltip).toContain('Process 4711, for 1 h; ends with the process');
    expect(row({ leases: 1 }).context).toBe('placement.readyInUse');
  });

  test('of a part says which, and that mounting needs more', () => {
    const selection = { include: ['images/**'], exclude: [] };
    expect(row({ selection })).toMatchObject({
      label: 'chest-xray@v3 (part: images/**)',
      icon: 'forebay-level-part',
      context: 'placement.part',
    });
  });
});
