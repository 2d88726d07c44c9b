import { expect, test } from 'vitest';
import { formatAge, formatAgo, formatClock, untilNextAge } from './moment.ts';

const now = Date.parse('2026-03-01T12:00:00Z');
const secondsAgo = (seconds: number) => new Date(now - seconds * 1000).toISOString();

test.each([
  [-5, 'now'],
  [59, 'now'],
  [60, '1 min'],
  [7300, '2 h'],
  [3 * 86_400, '3 d'],
  [15 * 86_400, '2 wk'],
  [800 * 86_400, '2 y'],
])('%d seconds ago is %s', (seconds, age) => {
  expect(formatAge(secondsAgo(seconds), now)).toBe(age);
});

test('a time of day has the same width at any hour', () => {
  const hours = [0, 9, 12, 23].map((hour) => formatClock(new Date(2026, 2, 1, hour, 5)));
  expect(hours).toEqual(['00:05', '09:05', '12:05', '23:05']);
});

test('an age in a sentence', () => {
  expect(formatAgo(secondsAgo(3), now)).toBe('just now');
  expect(formatAgo(secondsAgo(120), now)).toBe('2 min ago');
});

test.each([0, 59, 61, 3599, 7300, 86_399])(
  'an age of %d seconds is as told when it says something else',
  (seconds) => {
    const time = secondsAgo(seconds);
    const wait = untilNextAge(time, now);
    expect(formatAge(time, now + wait - 1)).toBe(formatAge(time, now));
    expect(formatAge(time, now + wait)).not.toBe(formatAge(time, now));
  },
);

test('what is weeks old is looked at again within a day', () => {
  expect(untilNextAge(secondsAgo(15 * 86_400), now)).toBe(86_400_000);
});
