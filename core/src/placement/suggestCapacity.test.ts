import fc from 'fast-check';
import { expect, test } from 'vitest';
import { suggestCapacity } from './suggestCapacity.ts';

test('what is suggested is round, and leaves a fifth of what is free', () => {
  expect(suggestCapacity(1_000_000_000_000)).toBe(800_000_000_000);
  expect(suggestCapacity(57_300_000_000)).toBe(45_000_000_000);
  expect(suggestCapacity(0)).toBe(1);
});

test('it is a whole number of bytes, between 70% and 80% of what is free', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1000, max: 2 ** 50 }), (free) => {
      const bytes = suggestCapacity(free);
      expect(Number.isInteger(bytes)).toBe(true);
      expect(bytes).toBeLessThanOrEqual(free * 0.8);
      expect(bytes).toBeGreaterThanOrEqual(free * 0.7);
    }),
  );
});
