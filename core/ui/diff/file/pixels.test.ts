import { expect, test } from 'vitest';
import { differencePixels } from './pixels.ts';

test('equal pixels are black, others as bright as they differ', () => {
  const before = Uint8ClampedArray.of(10, 20, 30, 255, 200, 0, 0, 255, 9, 9, 9, 0);
  const after = Uint8ClampedArray.of(10, 20, 30, 255, 150, 0, 20, 255, 0, 0, 0, 255);
  const { pixels, differing } = differencePixels(before, after);
  expect([...pixels]).toEqual([0, 0, 0, 255, 50, 0, 20, 255, 0, 0, 0, 255]);
  // Transparent or opaque black look alike, and are not the same.
  expect(differing).toBe(2);
});
