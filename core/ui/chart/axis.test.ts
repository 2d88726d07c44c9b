import { expect, test } from 'vitest';
import { formatElapsed, formatValue } from './axis.ts';

test('values keep the digits that tell', () => {
  expect([0, 0.031249, 1234.5, 1_234_567, 1.2e-7, 31_000_000].map(formatValue)).toEqual([
    ...['0', '0.031249', '1,234.5', '1,234,567', '1.20e-7', '3.10e7'],
  ]);
});

test('times have a unit', () => {
  expect([0, 45, 90, 7200, 200_000].map(formatElapsed)).toEqual(['0 s', '45 s', '1.5 min', '2 h', '2.3 d']);
});
