import { expect, test, vi } from 'vitest';
import { coalesce } from './coalesce.ts';

test('a burst of calls runs the work at once and once more after the last call', async () => {
  vi.useFakeTimers();
  let runs = 0;
  const call = coalesce(100, async () => {
    runs++;
  });
  for (let index = 0; index < 50; index++) call();
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toBe(2);
  call();
  call();
  call();
  await vi.advanceTimersByTimeAsync(1000);
  expect(runs).toBe(4);
  vi.useRealTimers();
});

test('work that fails is done again at the next call', async () => {
  vi.useFakeTimers();
  let runs = 0;
  const call = coalesce(10, async () => {
    runs++;
    throw new Error('away');
  });
  call();
  await vi.advanceTimersByTimeAsync(50);
  call();
  await vi.advanceTimersByTimeAsync(50);
  expect(runs).toBe(2);
  vi.useRealTimers();
});
