import { expect, test } from 'vitest';
import { clashSentence, replacedSentence, theirsReplace, versionSentence } from './pullText.ts';

const made = { version: 4, author: 'ben', time: '2026-11-23T10:00:00.000Z', message: 'relabelled' };
const later = Date.parse('2026-11-23T12:30:00Z');

test('a version is told by who made it, when and why', () => {
  expect(versionSentence(made, later)).toBe('v4 by ben, 2 h ago: "relabelled"');
  expect(versionSentence({ ...made, message: '' }, Date.parse(made.time))).toBe('v4 by ben, just now');
});

test('what both sides did to a path is told from here', () => {
  const clash = { path: 'a', by: { ...made, message: '' }, choices: [] };
  const told = (mine: 'changed' | 'kept', theirs: 'added' | 'removed') =>
    clashSentence({ ...clash, mine, theirs }, later);
  expect(told('changed', 'removed')).toBe('Changed here; removed in v4 by ben, 2 h ago');
  expect(told('kept', 'added')).toBe('Stands in its way here; added in v4 by ben, 2 h ago');
  expect(theirsReplace({ theirs: 'removed' })).toBe('removes yours');
});

test('what theirs replaced is said with where it is kept', () => {
  expect(replacedSentence({ replaced: { folder: '/w/.forebay/replaced/x', files: 2 } })).toBe(
    'What it replaced is kept in .forebay/replaced: 2 files.',
  );
  expect(replacedSentence({})).toBe('');
});
