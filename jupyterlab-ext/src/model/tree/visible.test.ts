import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scrollTo, visibleRows } from './visible.ts';

const count = fc.integer({ min: 0, max: 100_000 });
const pixels = fc.integer({ min: 0, max: 3000 });

describe('a long list', () => {
  test('draws every row that is in sight, and few more', () => {
    fc.assert(
      fc.property(count, pixels, pixels, (rows, scrolled, height) => {
        const top = Math.min(scrolled, Math.max(0, rows * 24 - height));
        const { from, to } = visibleRows(rows, 24, top, height);
        expect(from * 24).toBeLessThanOrEqual(top);
        expect(to === rows || to * 24 >= top + height).toBe(true);
        expect(to - from).toBeLessThanOrEqual(height / 24 + 20);
      }),
    );
  });

  test('scrolls just far enough to show a row, and not at all when it is in sight', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(24_000), fc.integer({ min: 24, max: 2000 }), (row, top, height) => {
        const after = scrollTo(row, 24, top, height);
        expect(row * 24).toBeGreaterThanOrEqual(after);
        expect((row + 1) * 24).toBeLessThanOrEqual(after + height);
        expect(scrollTo(row, 24, after, height)).toBe(after);
      }),
    );
  });
});
