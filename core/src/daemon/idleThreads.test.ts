import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { IdleThreads } from './idleThreads.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Of a thread only what it was told. */
function thread() {
  const told: unknown[] = [];
  const worker = { postMessage: (message: unknown) => told.push(message), ref() {}, unref() {} };
  return { told, worker: worker as unknown as Worker };
}

test('a thread that waits is taken once, and told to end where nobody takes it for 10 s', () => {
  const idle = new IdleThreads<'job'>();
  const { worker, told } = thread();
  idle.keep('job', worker);
  vi.advanceTimersByTime(9_999);
  expect(idle.take('job')).toBe(worker);
  expect(idle.take('job')).toBeUndefined();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
  idle.keep('job', worker);
  vi.advanceTimersByTime(10_000);
  expect([told, idle.take('job')]).toEqual([[{ kind: 'end' }], undefined]);
});

test('a second one of a kind ends at once, and one that has ended by itself is not given', () => {
  const idle = new IdleThreads<'job'>();
  const [first, second] = [thread(), thread()];
  idle.keep('job', first.worker);
  idle.keep('job', second.worker);
  expect(second.told).toEqual([{ kind: 'end' }]);
  idle.drop(first.worker);
  expect(idle.take('job')).toBeUndefined();
});
