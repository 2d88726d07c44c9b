import { expect, test } from 'vitest';
import { markOf } from './marks.ts';

test('a mark is a letter for one path, a number for a folder in which several differ', () => {
  expect(markOf({ name: 'a', is: 'added', count: 1 })).toEqual({
    letter: 'A',
    title: 'Not in the version yet',
  });
  expect(markOf({ name: 'a', is: 'changed', count: 12 })).toEqual({
    letter: '12',
    title: 'Changed since the version: 12 paths',
  });
  expect(markOf({ name: 'a', is: 'ignored', count: 0 })?.letter).toBe('');
  expect(markOf(undefined)).toBeNull();
});
