import { expect, test } from 'vitest';
import type { CacheStats } from '../../src/api/schemas.ts';
import { aPlacement, now, secondsAgo } from '../../src/api/testing.ts';
import { countdownOf } from './countdown.ts';
import { saySavings, sayScrub } from './sayStats.ts';

const stats = (more: object) => ({ hits: 0, misses: 0, servedBytes: 0, ...more }) as CacheStats;
const scrub = (more: object) =>
  ({
    scrub: { everySeconds: 2_592_000, damagedNow: 0, oldest: null, next: null, ...more },
  }) as CacheStats;

test('what a cache saved is said in requests and bytes', () => {
  expect(saySavings(stats({}))).toBe('not asked for yet');
  expect(saySavings(stats({ hits: 14, misses: 1, servedBytes: 38.2e9 }))).toBe(
    '93% of 15 requests found it ready, 38.2 GB not fetched again',
  );
});

test('when it is read again is said, and what is wrong comes first', () => {
  expect(sayScrub(scrub({ everySeconds: 0 }), now)).toBe('never read again');
  expect(sayScrub(scrub({ oldest: secondsAgo(86_400), next: secondsAgo(-3 * 86_400 - 5) }), now)).toBe(
    'read again every 30 d, last proved 1 d ago, next in 3 d',
  );
  expect(sayScrub(scrub({ damagedNow: 2 }), now)).toMatch(/^2 damaged files/);
});

test.each([
  [{ expires: secondsAgo(-80_000) }, 'in 22 h'],
  [{ expires: secondsAgo(-30) }, 'soon'],
  [{ pinned: true }, 'pinned'],
  [{ leases: 2 }, 'in use'],
])('a placement with %j says when it goes', (more, says) => {
  expect(countdownOf(aPlacement('x', 1, 'ready', more), now)).toBe(says);
});
