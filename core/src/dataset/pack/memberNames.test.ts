import { expect, test } from 'vitest';
import { partPath, zstdPath } from './memberNames.ts';

const lastName = (path = '') => Buffer.byteLength(path.slice(path.lastIndexOf('/') + 1));

test('members that are not plain files say what they are', () => {
  expect(zstdPath('a/b.csv')).toBe('.forebay/zstd/a/b.csv.zst');
  expect(partPath('a/b', 1)).toBe('.forebay/part/a/b.00001');
  expect(partPath('a/b', 23, true)).toBe('.forebay/part/a/b.00023.zst');
});

test('no member has a name that a file system can’t hold, and two files never the same', () => {
  const long = `a/${'é'.repeat(127)}`;
  expect(zstdPath(`a/${'é'.repeat(125)}`)).toBeDefined();
  expect(zstdPath(long)).toBeUndefined();
  const [one, other] = [partPath(`${long}x`, 99_999, true), partPath(`${long}y`, 99_999, true)];
  expect(lastName(one)).toBeLessThanOrEqual(255);
  expect(one).not.toBe(other);
  expect(one).toMatch(/^\.forebay\/part\/a\/é{100,}~[0-9a-f]{8}\.99999\.zst$/);
});
