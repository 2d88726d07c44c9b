import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assumedRates, learnRates, type Rates, refillSeconds } from './refill.ts';
import { sayWorth, worthOf } from './worth.ts';

test('bringing a version back takes as long as its bytes or its files, whichever is more', () => {
  const rates = { bytesPerSecond: 100, filesPerSecond: 10 };
  expect(refillSeconds({ bytes: 1000, files: 5 }, rates)).toBe(10);
  expect(refillSeconds({ bytes: 1000, files: 500 }, rates)).toBe(50);
});

test('a first measurement replaces what was assumed, later ones move the average', () => {
  const first = learnRates(null, { bytes: 500e6, files: 1, seconds: 1 });
  expect(first).toEqual({ ...assumedRates, bytesPerSecond: 500e6 });
  const second = learnRates(first, { bytes: 1000e6, files: 1, seconds: 10 });
  expect(second?.bytesPerSecond).toBeCloseTo(500e6 * 0.7 + 100e6 * 0.3);
  expect(second?.filesPerSecond).toBe(assumedRates.filesPerSecond);
});

test('a fill of small files tells of files a second, a tiny one of nothing', () => {
  expect(learnRates(null, { bytes: 10e6, files: 100_000, seconds: 5 })).toEqual({
    ...assumedRates,
    filesPerSecond: 20_000,
  });
  expect(learnRates(null, { bytes: 3000, files: 3, seconds: 0.4 })).toBeNull();
});

test('measured rates come to foretell a link that is always the same', () => {
  const anyFill = fc.record({
    bytes: fc.integer({ min: 10e6, max: 1e10 }),
    files: fc.integer({ min: 1, max: 1e6 }),
  });
  const anyLink = fc.record({
    bytesPerSecond: fc.integer({ min: 1e6, max: 1e9 }),
    filesPerSecond: fc.integer({ min: 100, max: 50_000 }),
  });
  fc.assert(
    fc.property(anyLink, fc.array(anyFill, { minLength: 60, maxLength: 60 }), (link, fills) => {
      let rates: Rates | null = null;
      for (const fill of fills) rates = learnRates(rates, { ...fill, seconds: refillSeconds(fill, link) });
      for (const each of Object.values(rates ?? assumedRates)) expect(each).toBeGreaterThan(0);
      const told = refillSeconds({ bytes: 1e10, files: 1 }, rates ?? assumedRates);
      expect(told).toBeGreaterThan(0);
    }),
  );
});

test('what a placement is worth is said in its own terms', () => {
  const placed = { bytes: 18e9, files: 1, inodes: 1, expectedUses: 14, usesLastWeek: 14 };
  const worth = worthOf(placed, { bytesPerSecond: 100e6, filesPerSecond: 1000 });
  expect(worth).toEqual({ expectedUses: 14, usesLastWeek: 14, refillSeconds: 180, value: 140 });
  expect(sayWorth(worth)).toBe('used 14 times in the last week, 3 min to bring back');
});
