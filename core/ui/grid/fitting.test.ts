import { expect, test } from 'vitest';
import { fitting } from './fitting.ts';

const columns = [
  { id: 'name', width: 180 },
  { id: 'files', width: 92, from: 300 },
  { id: 'labels', width: 160, from: 350 },
];
const at = (width: number) => fitting(columns, width).map(({ id }) => id);

test('columns come as there is room for them, and none is cut off at the edge', () => {
  expect(at(0)).toEqual(['name', 'files', 'labels']);
  expect(at(290)).toEqual(['name']);
  expect(at(360)).toEqual(['name', 'files']);
  expect(at(431)).toEqual(['name', 'files']);
  expect(at(432)).toEqual(['name', 'files', 'labels']);
  expect(at(100)).toEqual(['name']);
});
