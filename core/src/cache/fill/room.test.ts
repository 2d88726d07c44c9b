import { describe, expect, test } from 'vitest';
import { leavesOf } from '../../dataset/checkout/testing/testVersion.ts';
import type { Entry } from '../../dataset/entry.ts';
import { needOf } from './need.ts';
import { requireRoom } from './room.ts';

const disk = { free: 1000, total: 5000, inodesFree: 10, block: 4096 };
const limits = { capacity: 800, used: 300, reserved: { bytes: 100, inodes: 4 } };

describe('room for a fill', () => {
  test('is what the capacity and the disk leave beside what is promised', () => {
    expect(() => requireRoom('t@v1', '/c', { bytes: 400, inodes: 6 }, disk, limits)).not.toThrow();
  });

  test.each([
    [{ bytes: 401, inodes: 1 }, disk, /needs 401 B, but the cache \/c has 400 B of its 800 B left/],
    [{ bytes: 900, inodes: 1 }, disk, /may hold 800 B in all/],
    [{ bytes: 300, inodes: 1 }, { ...disk, free: 350 }, /the disk of the cache \/c has 250 B free/],
    [{ bytes: 1, inodes: 7 }, disk, /needs 7 files and folders.*room for 6 more/],
  ])('refuses %j, saying what is needed and what is free', (need, disk, message) => {
    expect(() => requireRoom('t@v1', '/c', need, disk, limits)).toThrow(
      expect.objectContaining({
        code: 'no-space',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/\w/),
      }),
    );
  });

  test('is not counted in inodes where the file system makes them as it goes', () => {
    expect(() =>
      requireRoom('t@v1', '/c', { bytes: 1, inodes: 1e9 }, { ...disk, inodesFree: null }),
    ).not.toThrow();
  });
});

test('what a version needs counts blocks, folders and only what no other version lends', async () => {
  const file = (path: string, sha256: string, size: number): Entry => ({
    kind: 'file',
    path,
    size,
    executable: false,
    mtime: 0,
    sha256,
    parts: [],
  });
  const entries = [
    file('a/b/x', 'x', 5000),
    file('a/y', 'y', 1),
    { kind: 'folder', path: 'c' } as Entry,
    file('z', 'z', 0),
  ];
  expect(await needOf(leavesOf(entries), [], 4096)).toEqual({
    bytes: 8192 + 4096 + 4 * 4096,
    inodes: 1 + 3 + 3,
  });
  const lender = leavesOf([file('a/b/x', 'x', 5000), file('a/y', 'other', 1)]);
  expect(await needOf(leavesOf(entries), [lender], 4096)).toEqual({
    bytes: 4096 + 4 * 4096,
    inodes: 1 + 3 + 2,
  });
});
