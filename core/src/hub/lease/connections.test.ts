import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Connections } from './connections.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('a lease ends when its last connection closes, once', () => {
  const ended: string[] = [];
  const connections = new Connections((id) => ended.push(id));
  const first = connections.hold('a');
  const second = connections.hold('a');
  first();
  first();
  expect(ended).toEqual([]);
  second();
  expect(ended).toEqual(['a']);
});

test('a holder has five minutes to connect, and stays as long as it likes', () => {
  const ended: string[] = [];
  const connections = new Connections((id) => ended.push(id));
  connections.expect('late');
  connections.expect('back');
  vi.advanceTimersByTime(4 * 60_000);
  connections.hold('back');
  vi.advanceTimersByTime(10 * 60_000);
  expect(ended).toEqual(['late']);
});

test('connections that close because the daemon goes end nothing', () => {
  const ended: string[] = [];
  const connections = new Connections((id) => ended.push(id));
  const release = connections.hold('a');
  connections.expect('b');
  connections.close();
  release();
  vi.advanceTimersByTime(10 * 60_000);
  expect(ended).toEqual([]);
});
