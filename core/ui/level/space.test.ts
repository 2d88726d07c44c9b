import { expect, test } from 'vitest';
import { aCache, aPlacement } from '../../src/api/testing.ts';
import { cachesFilling, spaceOf } from './space.ts';

test('a cache shows what is used and reserved as parts of its capacity', () => {
  expect(spaceOf(aCache({ used: 500, reserved: 250, free: 250 }), true)).toEqual({
    used: 0.5,
    reserved: 0.25,
    capacity: 1000,
    sentence: '500 B used, 250 B reserved, 250 B free, capacity 1.0 kB',
  });
});

test('a cache that holds more than its capacity is full, not overfull', () => {
  const { used, reserved } = spaceOf(aCache({ used: 1500, reserved: 500, free: 0 }), true);
  expect(used + reserved).toBe(1);
});

test('what is reserved is shown while a fill is under way only', () => {
  const { reserved, sentence } = spaceOf(aCache({ reserved: 188 }), false);
  expect(reserved).toBe(0);
  expect(sentence).not.toContain('reserved');
  const placements = (['filling', 'failed', 'ready'] as const).map((state) =>
    aPlacement('x', 1, state, { cache: state }),
  );
  expect([...cachesFilling(placements)]).toEqual(['filling']);
});
