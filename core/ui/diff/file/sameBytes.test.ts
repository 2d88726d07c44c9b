import { expect, test } from 'vitest';
import type { DiffFile } from '../../../src/api/schemas.ts';
import { sameBytes } from './sameBytes.ts';

const file = (sha256?: string) =>
  ({ kind: 'file', path: 'a.csv', size: 1, ...(sha256 ? { sha256 } : {}) }) as DiffFile['before'];

test('two sides have the same bytes where both digests are known and equal', () => {
  expect(sameBytes({ before: file('a'), after: file('a') })).toBe(true);
  expect(sameBytes({ before: file('a'), after: file('b') })).toBe(false);
});

test('imported files, of which no digest is known, are not taken for equal, and neither is one that is gone', () => {
  expect(sameBytes({ before: file(), after: file() })).toBe(false);
  expect(sameBytes({ before: file(), after: null })).toBe(false);
});
