import { expect, test } from 'vitest';
import { formatElapsed, formatValue, incrementsOf } from './axis.ts';

test('values keep the digits that tell', () => {
  expect([0, 0.031249, 1234.5, 1_234_567, 1.2e-7, 31_000_000].map(formatValue)).toEqual([
    ...['0', '0.031249', '1,234.5', '1,234,567', '1.20e-7', '3.10e7'],
  ]);
});

test('times have a unit', () => {
  expect([0, 45, 90, 7200, 200_000].map(formatElapsed)).toEqual(['0 s', '45 s', '1.5 min', '2 h', '2.3 d']);
});

test('numbers on an axis of steps are whole, those of time as a clock has them, all of them rising', () => {
  expect(incrementsOf('step', [0, 3]).every(Number.isInteger)).toBe(true);
  expect(incrementsOf('epoch', [0, 0.5])).toContain(0.25);
  expect(incrementsOf('time', [0, 90])).toEqual(expect.arrayContaining([0.5, 15, 60, 900, 21_600, 172_800]));
  for (const all of [incrementsOf('step', [1]), incrementsOf('epoch', [0.5]), incrementsOf('time', [])])
    expect([...new Set(all)].sort((a, b) => a - b)).toEqual(all);
});
