import { expect, test } from 'vitest';
import { startable } from './lanes.ts';

const bound = { data: 2, evict: 1, look: 2 };
const waiting = (id: string, kind: 'fill' | 'sync' | 'evict' | 'preview', after: string[] = []) => ({
  id,
  kind,
  after,
});

test('two jobs that move data run at once, oldest first', () => {
  const queue = [waiting('a', 'fill'), waiting('b', 'sync'), waiting('c', 'fill')];
  expect(startable(queue, new Map(), bound)).toEqual(['a', 'b']);
  expect(startable(queue.slice(2), new Map([['a', 'fill']]), bound)).toEqual(['c']);
});

test('an eviction never waits behind what moves data', () => {
  const running = new Map([
    ['a', 'fill'],
    ['b', 'sync'],
  ] as const);
  expect(startable([waiting('c', 'fill'), waiting('d', 'evict')], running, bound)).toEqual(['d']);
});

test('what only looks at a folder never waits behind what moves data', () => {
  const running = new Map([
    ['a', 'fill'],
    ['b', 'sync'],
  ] as const);
  expect(startable([waiting('c', 'fill'), waiting('d', 'preview')], running, bound)).toEqual(['d']);
});

test('a fill waits until the evictions that make its room have ended', () => {
  expect(startable([waiting('e', 'evict'), waiting('f', 'fill', ['e'])], new Map(), bound)).toEqual(['e']);
  expect(startable([waiting('f', 'fill', ['e'])], new Map([['e', 'evict']]), bound)).toEqual([]);
  expect(startable([waiting('f', 'fill', ['e'])], new Map(), bound)).toEqual(['f']);
});
