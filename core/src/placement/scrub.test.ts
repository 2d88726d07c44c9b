import { expect, test } from 'vitest';
import { nextToScrub } from './scrub.ts';

const day = 86_400_000;
const placed = (id: string, verified: number, more: object = {}) => ({
  id,
  state: 'ready',
  verified,
  damage: null,
  ...more,
});

test('what was verified longest ago is read first, early enough to be done in time', () => {
  const all = [placed('new', 90 * day), placed('old', 71 * day), placed('older', 70 * day)];
  expect(nextToScrub(all, 30 * 86_400, 92 * day)).toBeUndefined();
  expect(nextToScrub(all, 30 * 86_400, 94 * day)?.id).toBe('older');
});

test('neither what is damaged already, nor what is not ready, nor where nobody wants it', () => {
  const all = [placed('a', 0, { damage: '["x"]' }), placed('b', 0, { state: 'filling' })];
  expect(nextToScrub(all, 86_400, 9 * day)).toBeUndefined();
  expect(nextToScrub([placed('c', 0)], 0, 9 * day)).toBeUndefined();
});
