import { expect, test } from 'vitest';
import { nextSort, sorted } from './sort.ts';

test('pressed once more, a column is sorted the other way; numbers begin with the greatest', () => {
  expect(nextSort('name', 'size', true)).toBe('-size');
  expect(nextSort('-size', 'size', true)).toBe('size');
  expect(nextSort('size', 'name')).toBe('name');
  expect(nextSort('name', 'name')).toBe('-name');
});

test('names are sorted as people count; what has no value stands last either way', () => {
  const rows = ['scan10', null, 'scan9', 'Scan1'];
  expect(sorted(rows, false, (row) => row)).toEqual(['Scan1', 'scan9', 'scan10', null]);
  expect(sorted(rows, true, (row) => row)).toEqual(['scan10', 'scan9', 'Scan1', null]);
  expect(sorted([2, 11, 1], true, (row) => row)).toEqual([11, 2, 1]);
});
