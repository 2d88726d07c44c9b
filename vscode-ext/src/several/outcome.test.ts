import { expect, test } from 'vitest';
import { forEachOf, sayOutcome } from './outcome.ts';

const clear = (name: string) =>
  name === 'b@v1' ? Promise.reject(new Error('b@v1 is in use.')) : Promise.resolve();
const words = { does: 'Cleared # from the cache', noun: 'version', nameOf: (name: string) => name };

test('one that fails neither stops nor hides the others', async () => {
  const outcome = await forEachOf(['a@v1', 'b@v1', 'c@v2'], clear);
  expect(outcome).toEqual({ done: ['a@v1', 'c@v2'], failed: [{ item: 'b@v1', why: 'b@v1 is in use.' }] });
  expect(sayOutcome(outcome, words)).toBe('Cleared 2 of 3 versions from the cache. b@v1: b@v1 is in use.');
});

test('where all went well the count says it', () => {
  expect(sayOutcome({ done: ['a', 'b'], failed: [] }, { ...words, does: 'Cancelled #', noun: 'job' })).toBe(
    'Cancelled 2 jobs.',
  );
});

test('a version on two caches counts once, and only where both went well', () => {
  const countedAs = (name: string) => name.replace(/ on .*/, '');
  const both = { ...words, countedAs };
  const done = ['a@v1 on near', 'a@v1 on far', 'b@v1 on far'];
  expect(sayOutcome({ done, failed: [] }, both)).toBe('Cleared 2 versions from the cache.');
  const failed = [{ item: 'b@v1 on near', why: 'It is in use.' }];
  expect(sayOutcome({ done, failed }, both)).toBe(
    'Cleared 1 of 2 versions from the cache. b@v1 on near: It is in use.',
  );
});
