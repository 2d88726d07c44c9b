import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDuration } from '../../src/api/text/units.ts';
import {
  nameProblem,
  numberOf,
  problemOf,
  readCapacity,
  readTtl,
  writeBytes,
  writeTtl,
} from './cacheForm.ts';

test('a time to live that is written is read as it was', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e7 }), (seconds) => {
      expect(parseDuration(writeTtl(seconds))).toBe(seconds);
    }),
  );
});

test('a capacity is read with its unit, and what is none is said', () => {
  expect(numberOf(readCapacity('2 TB'))).toBe(2e12);
  expect(numberOf(readCapacity(writeBytes(20e9)))).toBe(20e9);
  expect(problemOf(readCapacity('lots'))).toMatch(/'lots' is not a size.*500GB/);
  expect(problemOf(readCapacity('0'))).toMatch(/More than 0/);
  expect(readCapacity(' ')).toBeUndefined();
  expect(problemOf(readTtl('soon'))).toMatch(/1d/);
});

test('a name that is taken or can’t be is said', () => {
  expect(nameProblem('gpu-hall', ['local'])).toBeUndefined();
  expect(nameProblem('local', ['local'])).toMatch(/already/);
  expect(nameProblem('GPU hall', [])).toMatch(/lower-case/);
});
