import { expect, test } from 'vitest';
import { formatAge } from './age.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

test.each([
  ['2026-11-23T11:59:40Z', 'now'],
  ['2026-11-23T12:00:05Z', 'now'],
  ['2026-11-23T11:55:00Z', '5 min'],
  ['2026-11-23T09:59:00Z', '2 h'],
  ['2026-11-20T11:00:00Z', '3 d'],
  ['2026-08-02T11:00:00Z', '2026-08-02'],
])('%s is %s', (time, age) => {
  expect(formatAge(time, now)).toBe(age);
});
