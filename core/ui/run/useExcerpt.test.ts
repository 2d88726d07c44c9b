import { expect, test } from 'vitest';
import { excerptOf } from './useExcerpt.ts';
import { joinMatches } from './useMatches.ts';

test('lines around one that was found have their numbers', () => {
  const below = 'found\nafter\n';
  expect(excerptOf({ above: 'a\nb\n', below, line: 2, whole: true })).toEqual({
    ...{ first: 0, lines: ['a', 'b', 'found', 'after'] },
  });
  expect(excerptOf({ above: 'rest of 41\n42\n', below, line: 43, whole: false })).toEqual({
    ...{ first: 42, lines: ['42', 'found', 'after'] },
  });
  // Within one long line.
  expect(excerptOf({ above: 'abc', below: 'def', line: 7, whole: false })).toEqual({
    ...{ first: 7, lines: ['abcdef'] },
  });
});

test('lines keep their numbers where there are too many to keep', () => {
  const { first, lines } = excerptOf({ above: 'x\n', below: 'y\n'.repeat(120_000), line: 1, whole: true });
  expect([first + lines.length, lines.length]).toEqual([120_001, 100_000]);
});

test('a line that is told again stands once', () => {
  const match = (line: number) => ({ line, at: line, text: '' });
  const before = [match(1), match(4)];
  expect(joinMatches(before, [match(4), match(5)]).map(({ line }) => line)).toEqual([1, 4, 5]);
  expect(joinMatches(before, [])).toBe(before);
});
