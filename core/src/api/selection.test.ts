import { expect, test } from 'vitest';
import {
  checkGlob,
  describeSelection,
  formatPart,
  isSameSelection,
  selectionOf,
  selectionOptions,
} from './selection.ts';

test('equal selections are equal however they were written', () => {
  const one = selectionOf({ include: ['b/**', './a//x', 'b/**'], exclude: ['*.tmp'] });
  expect(one).toEqual({ include: ['a/x', 'b/**'], exclude: ['*.tmp'] });
  expect(isSameSelection(one, selectionOf({ include: ['a/x', 'b/**'], exclude: ['*.tmp'] }))).toBe(true);
  expect(isSameSelection(one, selectionOf({ include: ['a/x', 'b/**'] }))).toBe(false);
  expect(selectionOf({})).toBe(null);
  expect(selectionOf({ include: [], exclude: [] })).toBe(null);
});

test.each([
  ['', 'selects nothing'],
  ['/', 'selects nothing'],
  ['!a', "begins with '!'"],
  ['../a', "has '.' or '..' in it"],
  ['a/./b', "has '.' or '..' in it"],
  ['a[b', "has a '['"],
  ['a[]', "has a '['"],
  ['x/{a,b', "has a '{'"],
  ['a\\', "has a '\\'"],
  ['a\0', 'NUL'],
  ['a'.repeat(1001), 'longer than'],
])('%j is refused, saying why', (glob, why) => {
  expect(() => checkGlob(glob)).toThrow(expect.objectContaining({ code: 'bad-request' }));
  expect(() => checkGlob(glob)).toThrow(why);
});

test.each(['a\\[b', '[]]', '[!]]', 'a}', '{a,{b,c}}', '[{]', '..a', 'img (1).png', 'ü/**/?'])(
  '%j is a glob',
  (glob) => expect(checkGlob(glob)).toBe(glob),
);

test('more globs than make sense are refused', () => {
  const many = Array.from({ length: 201 }, (_, i) => `f${i}`);
  expect(() => selectionOf({ include: many })).toThrow('At most 200');
});

test('a part is told from the whole in words and as options', () => {
  const part = { include: ['images/**'], exclude: ["it's.tmp"] };
  expect(formatPart('mnist', 2, null)).toBe('mnist@v2');
  expect(formatPart('mnist', 2, part)).toBe("mnist@v2 (part: images/** without it's.tmp)");
  expect(describeSelection({ include: [], exclude: ['a'] })).toBe('all without a');
  expect(selectionOptions(part)).toBe("--include 'images/**' --exclude 'it'\\''s.tmp'");
});
