import type { PullChoice } from '@forebay/core/api/schemas';
import { expect, test } from 'vitest';
import { type Clash, choosable, everywhere } from './clashes.ts';

const clash = (path: string, ...choices: PullChoice[]): Clash => ({
  ...{ path, mine: 'changed', theirs: 'changed', choices },
  by: { version: 2, author: 'ben', time: '2026-11-23T10:00:00.000Z', message: '' },
});
const clashes = [clash('a', 'mine', 'theirs', 'both'), clash('b', 'mine', 'theirs'), clash('c', 'mine')];

test('a person is asked only where there is a choice', () => {
  expect(choosable(clashes).map(({ path }) => path)).toEqual(['a', 'b']);
});

test('what is said of all counts where it is possible', () => {
  expect(everywhere(clashes, 'both')).toEqual({ a: 'both' });
  expect(everywhere(clashes, 'theirs')).toEqual({ a: 'theirs', b: 'theirs' });
});
