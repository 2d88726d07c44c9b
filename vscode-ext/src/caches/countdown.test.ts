import { describe, expect, test } from 'vitest';
import { now, placement } from '../testing/examples.ts';
import { countdownOf, nextCount } from './countdown.ts';

/** Used last so long ago that it isn't told anew before the countdown is. */
const lastUsed = new Date(now - 86_400_001).toISOString();
const leaving = (milliseconds: number) =>
  placement({ lastUsed, expires: new Date(now + milliseconds).toISOString() });

describe('a countdown to the age-out', () => {
  test('counts in hours, in minutes, then in seconds', () => {
    expect([79_199_000, 3_599_000, 59_999, 999].map((left) => countdownOf(leaving(left), now))).toEqual([
      '21 h left',
      '59 min left',
      '59 s left',
      'ages out now',
    ]);
  });

  test('does not count for what stays: in use, pinned, or not ready', () => {
    const stays = [placement({ leases: 1 }), placement({ pinned: true }), placement({ state: 'filling' })];
    expect(stays.map((one) => countdownOf(one, now))).toEqual(['', '', '']);
  });

  test('is looked at again just when it says something else', () => {
    for (const left of [79_199_000, 3_599_000, 59_999]) {
      const wait = nextCount([leaving(left), placement({ lastUsed, pinned: true })], now) ?? 0;
      expect(countdownOf(leaving(left), now + wait - 2)).toBe(countdownOf(leaving(left), now));
      expect(countdownOf(leaving(left), now + wait)).not.toBe(countdownOf(leaving(left), now));
    }
  });

  test('is looked at again also where another time since the last use is to be told', () => {
    const used = (seconds: number) => new Date(now - 1000 * seconds).toISOString();
    expect(nextCount([placement({ pinned: true, lastUsed: used(70) })], now)).toBe(50_000);
    expect(nextCount([], now)).toBeUndefined();
  });
});
