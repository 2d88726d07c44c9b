import { expect, test } from 'vitest';
import { forEachOf, sayOutcome } from './outcome.ts';

const clear = (name: string) =>
  name === 'b@v1' ? Promise.reject(new Error('b@v1 is in use.')) : Promise.resolve();

test('one that fails neither stops nor hides the others', async () => {
  const outcome = await forEachOf(['a@v1', 'b@v1', 'c@v2'], (name) => name, clear);
  expect(outcome).toEqual({ done: ['a@v1', 'c@v2'], failed: [{ name: 'b@v1', why: 'b@v1 is in use.' }] });
  expect(sayOutcome(outcome, 'Cleared # from the cache', 'version')).toBe(
    'Cleared 2 of 3 versions from the cache. b@v1: b@v1 is in use.',
  );
});

test('where all went well the count says it', () => {
  expect(sayOutcome({ done: ['a', 'b'], failed: [] }, 'Cancelled #', 'job')).toBe('Cancelled 2 jobs.');
});
