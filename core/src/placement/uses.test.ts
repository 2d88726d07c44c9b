import { expect, test } from 'vitest';
import { addUse, expectedUses, type UseHistory, usesLastWeek } from './uses.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = 1000 * day;

function usedAt(times: number[]): UseHistory {
  let history: UseHistory | undefined;
  for (const time of times) history = addUse(history, time);
  return history as UseHistory;
}

test('a use counts half after a week', () => {
  const daily = usedAt([0, 7, 14].map((days) => start + days * day));
  expect(expectedUses(daily, start + 14 * day)).toBeCloseTo(1 + 1 / 2 + 1 / 4);
  expect(usesLastWeek(daily, start + 14 * day)).toBe(1);
  expect(usesLastWeek(daily, start + 13 * day)).toBe(2);
});

test('what is idle for longer than usual counts half with each such pause', () => {
  const every2Hours = usedAt([0, 2, 4, 6, 8].map((hours) => start + hours * hour));
  const idle = (hours: number) => expectedUses(every2Hours, start + (8 + hours) * hour);
  expect(idle(0)).toBe(5);
  expect(idle(2)).toBe(5);
  expect(idle(4)).toBe(2.5);
  expect(idle(8)).toBe(5 / 8);
  const once = usedAt([start]);
  expect(expectedUses(once, start + 23 * hour)).toBeGreaterThan(0.9);
});

test('many processes that mount at once are no reason to expect the next within seconds', () => {
  const burst = usedAt(Array.from({ length: 8 }, (_, i) => start + i * 10));
  expect(expectedUses(burst, start + hour)).toBeCloseTo(8, 1);
});

test('what lies far back is forgotten', () => {
  expect(usedAt(Array.from({ length: 400 }, (_, i) => start + i * day)).days.length).toBe(70);
});
