import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { RunBucket } from '../../src/api/schemas.ts';
import { epochAt, lineOf, smooth } from './line.ts';

const bucket = (step: number, last: number | null, more: Partial<RunBucket> = {}): RunBucket => ({
  step: { from: step, to: step },
  time: { from: step * 1000, to: step * 1000 },
  ...{ min: last, max: last, last, points: 1, gaps: last === null ? 1 : 0 },
  ...more,
});
const byStep = ({ step }: RunBucket) => step.to;

test('a point that is no number is a gap with a mark', () => {
  const line = lineOf([bucket(1, 0.5), bucket(2, null), bucket(3, 0.4)], byStep);
  expect(line).toMatchObject({ x: [1, 2, 3], last: [0.5, null, 0.4], gaps: [2], spread: false });
});

test('what was logged late stands where it belongs; a step that was logged twice shows the newer point and both ends', () => {
  const line = lineOf([bucket(2, 5), bucket(1, 9), bucket(2, 3)], byStep);
  expect(line).toMatchObject({ x: [1, 2], last: [9, 3], low: [9, 3], high: [9, 5], spread: true });
});

test('what stands nowhere on the axis is left out', () => {
  expect(lineOf([bucket(1, 1)], () => null).x).toEqual([]);
});

test('smoothing stays between the least and the greatest value, begins at the first, and keeps gaps', () => {
  const value = fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { nil: null });
  fc.assert(
    fc.property(fc.array(value), fc.double({ min: 0, max: 0.99, noNaN: true }), (values, weight) => {
      const smoothed = smooth(values, weight);
      const known = values.filter((each) => each !== null);
      expect(smoothed.map((each) => each === null)).toEqual(values.map((each) => each === null));
      const first = smoothed.find((each) => each !== null);
      if (first !== undefined) expect(first).toBeCloseTo(known[0] as number, 3);
      for (const each of smoothed) {
        if (each === null) continue;
        expect(each).toBeGreaterThanOrEqual(Math.min(...known) - 1e-3);
        expect(each).toBeLessThanOrEqual(Math.max(...known) + 1e-3);
      }
    }),
  );
});

test('a step belongs to the epoch that was logged last before it', () => {
  const at = epochAt([bucket(100, 0), bucket(200, 1)]);
  expect([at(bucket(50, 1)), at(bucket(150, 1)), at(bucket(200, 1)), at(bucket(900, 1))]).toEqual([
    0, 0, 1, 1,
  ]);
  expect(epochAt([])(bucket(1, 1))).toBeNull();
});
