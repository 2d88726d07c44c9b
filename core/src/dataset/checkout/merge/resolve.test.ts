import { expect, test } from 'vitest';
import type { Sides } from './merge.ts';
import { choicesOf, pathBeside, resolve } from './resolve.ts';

const side = (path: string, theirs: string | undefined): Sides => ({
  path,
  base: 'file 0',
  mine: 'file 1',
  theirs,
});

test('a file that both changed can be mine, theirs or both; a removal has no other side', () => {
  expect(choicesOf(side('a', 'file 2'), false)).toEqual(['mine', 'theirs', 'both']);
  expect(choicesOf(side('a', undefined), false)).toEqual(['mine', 'theirs']);
  expect(choicesOf(side('a', 'file 2'), true)).toEqual(['mine']);
});

test('what was chosen is taken, what was not stays a conflict', () => {
  const sides = [
    side('a.csv', 'file 2'),
    side('b', 'file 2'),
    side('c', undefined),
    side('d', 'file 2'),
    side('e', 'file 3'),
  ];
  const merged = { take: [], conflicts: ['a.csv', 'b', 'c', 'd', 'e'], blocked: ['d'] };
  const choices = { 'a.csv': 'both', b: 'mine', c: 'theirs', d: 'theirs' } as const;
  const resolved = resolve(merged, sides, choices, { version: 4, isFree: (path) => path !== 'a (v4).csv' });
  expect(resolved.take.map(({ path, theirs }) => [path, theirs])).toEqual([
    ['a (v4, 2).csv', 'file 2'],
    ['c', undefined],
  ]);
  expect(resolved.conflicts).toEqual(['d', 'e']);
  expect([...resolved.beside]).toEqual([['a.csv', 'a (v4, 2).csv']]);
});

test('the note stands before the ending of the name', () => {
  const free = () => true;
  expect(['x/a.tar.gz', 'x.y/README', '.hidden'].map((path) => pathBeside(path, 2, free))).toEqual([
    'x/a.tar (v2).gz',
    'x.y/README (v2)',
    '.hidden (v2)',
  ]);
});
