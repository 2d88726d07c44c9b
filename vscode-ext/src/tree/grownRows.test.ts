import { expect, test } from 'vitest';
import { grownRows } from './grownRows.ts';

const before = new Map([
  ['job 1', ''],
  ['cache local', 'scans@v1'],
]);

test('what came or went below a row is drawn with that row, without the others', () => {
  expect(grownRows(before, new Map([...before, ['cache local', 'scans@v1 scans@v2']]))).toEqual([
    'cache local',
  ]);
  expect(grownRows(before, new Map(before))).toEqual([]);
});

test('all are drawn where a row of the top came, went or has another place', () => {
  for (const after of [[...before].slice(1), [...before, ['job 2', '']], [...before].reverse()])
    expect(grownRows(before, new Map(after as [string, string][]))).toBeUndefined();
});
