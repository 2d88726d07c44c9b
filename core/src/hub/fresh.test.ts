import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Fresh } from './fresh.ts';

let asked: string[];
let fresh: Fresh<number>;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  asked = [];
  fresh = new Fresh(
    async (key) => {
      asked.push(key);
      return asked.length;
    },
    { fresh: 1000, usable: 10_000 },
  );
});
afterEach(() => {
  vi.useRealTimers();
});

test('what was asked a moment ago is not asked again', async () => {
  expect([await fresh.get('a'), await fresh.get('a'), await fresh.get('b')]).toEqual([1, 1, 2]);
});

test('who comes later gets the old answer at once, the next one the new', async () => {
  await fresh.get('a');
  vi.advanceTimersByTime(5000);
  expect(await fresh.get('a')).toBe(1);
  expect(await fresh.get('a')).toBe(2);
});

test('an answer that is too old is not given', async () => {
  await fresh.get('a');
  vi.advanceTimersByTime(20_000);
  expect(await fresh.get('a')).toBe(2);
});

test('many who ask at once ask once', async () => {
  await Promise.all([fresh.get('a'), fresh.get('a'), fresh.get('a')]);
  expect(asked).toEqual(['a']);
});
