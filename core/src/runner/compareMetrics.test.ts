import { expect, test } from 'vitest';
import type { Run } from '../api/schemas.ts';
import { differingMetrics, differingRuns } from './compareMetrics.ts';

const run = (values: Record<string, number>) =>
  ({
    metrics: Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { text: String(value) }])),
  }) as unknown as Run;

test('metrics are the same within the tolerance, NaN and infinities too', () => {
  const before = run({ a: 0.5, b: Number.NaN, c: Number.POSITIVE_INFINITY, d: 1e9 });
  const after = run({ a: 0.5 + 9e-7, b: Number.NaN, c: Number.POSITIVE_INFINITY, d: 1e9 + 900 });
  expect(differingMetrics(before, after, 1e-6)).toEqual([]);
});

test('what differs, came or went is named; what the machine measured of itself is not', () => {
  const before = run({ a: 0.5, b: Number.NaN, gone: 1, c: Number.POSITIVE_INFINITY });
  const after = run({ a: 0.51, b: 1, new: 2, c: 5, 'system/run_cpu_percentage': 12 });
  expect(differingMetrics(before, after, 1e-6)).toEqual([
    { key: 'a', before: '0.5', after: '0.51' },
    { key: 'b', before: 'NaN', after: '1' },
    { key: 'c', before: 'Infinity', after: '5' },
    { key: 'gone', before: '1', after: null },
    { key: 'new', before: null, after: '2' },
  ]);
});

test('runs within a run are compared in their order, and one that is missing is a difference', () => {
  const before = [run({ a: 1 }), named('fold 1', { a: 1 }), named('fold 2', { a: 2 })];
  const after = [run({ a: 1 }), named('fold 1', { a: 1 }), named('fold 2', { a: 3 })];
  expect(differingRuns(before, before, 0)).toEqual([]);
  expect(differingRuns(before, after, 0)).toEqual([{ key: 'fold 2: a', before: '2', after: '3' }]);
  expect(differingRuns(before, after.slice(0, 2), 0)).toEqual([
    { key: 'runs within', before: '2', after: '1' },
  ]);
});

test('runs that a search started at once are told apart by their parameters', () => {
  const trial = (depth: string, score: number) => ({ ...named(depth, { score }), params: { depth } });
  const before = [run({}), trial('3', 0.5), trial('7', 0.9)];
  expect(differingRuns(before, [run({}), trial('7', 0.9), trial('3', 0.5)], 0)).toEqual([]);
  expect(differingRuns(before, [run({}), trial('7', 0.8), trial('3', 0.5)], 0)).toEqual([
    { key: '7: score', before: '0.9', after: '0.8' },
  ]);
});

const named = (name: string, values: Record<string, number>) => ({ ...run(values), name, params: {} });
