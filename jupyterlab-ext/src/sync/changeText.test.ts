import { expect, test } from 'vitest';
import { changesBrief, countsSentence, replacedSentence, versionSentence } from './changeText.ts';

test('a pull that brings nothing says so', () => {
  expect(countsSentence({ added: 0, changed: 0, removed: 0 })).toBe('nothing');
  expect(countsSentence({ added: 2, changed: 1, removed: 0 })).toBe('+2 added, ~1 changed');
});

test('a version is told by who made it, when and why', () => {
  const made = { version: 4, author: 'ben', time: '2026-11-23T10:00:00.000Z', message: 'relabelled' };
  expect(versionSentence(made, Date.parse('2026-11-23T12:30:00Z'))).toBe('v4 by ben, 2 h ago: "relabelled"');
  expect(versionSentence({ ...made, message: '' }, Date.parse(made.time))).toBe('v4 by ben, just now');
});

test('one kind of change is named, several are counted together', () => {
  expect(changesBrief({ added: 0, changed: 4, removed: 0 })).toBe('4 changed');
  expect(changesBrief({ added: 1, changed: 4, removed: 0 })).toBe('5 changes');
  expect(changesBrief({ added: 0, changed: 0, removed: 0 })).toBe('no changes');
});

test('what theirs replaced is said with where it is kept', () => {
  expect(replacedSentence({ replaced: { folder: '/w/.forebay/replaced/x', files: 2 } })).toBe(
    'What it replaced is kept in .forebay/replaced: 2 files.',
  );
  expect(replacedSentence({})).toBe('');
});
