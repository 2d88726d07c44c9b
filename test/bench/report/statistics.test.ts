import { expect, test } from 'vitest';
import type { Sample } from '../measure/sample.ts';
import { median, medianOf, ratioOf } from './statistics.ts';

test('the median is the middle, or between the middle two', () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 2, 10])).toBe(3);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNaN();
});

const sample = (peer: string, round: number, value: number): Sample => ({
  work: 'sync',
  peer,
  figure: 'seconds',
  round,
  value,
});
const samples = [
  sample('forebay', 0, 2),
  sample('raw', 0, 1),
  sample('forebay', 1, 3),
  sample('raw', 1, 3),
  sample('forebay', 2, 4),
  sample('raw', 2, 8),
];
const of = (peer: string) => ({ work: 'sync' as const, figure: 'seconds' as const, peer });

test('a ratio is that of the medians, its range that of the rounds', () => {
  expect(medianOf(samples, of('forebay'))).toBe(3);
  expect(ratioOf(samples, of('forebay'), of('raw'))).toEqual({ middle: 1, least: 0.5, most: 2 });
});

test('without one of the two there is none', () => {
  expect(ratioOf(samples, of('forebay'), of('dvc'))).toBeUndefined();
});
