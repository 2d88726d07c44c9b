import { expect, test } from 'vitest';
import { changesBrief, countsSentence } from './changeText.ts';

test('a pull that brings nothing says so', () => {
  expect(countsSentence({ added: 0, changed: 0, removed: 0 })).toBe('nothing');
  expect(countsSentence({ added: 2, changed: 1, removed: 0 })).toBe('+2 added, ~1 changed');
});

test('one kind of change is named, several are counted together', () => {
  expect(changesBrief({ added: 0, changed: 4, removed: 0 })).toBe('4 changed');
  expect(changesBrief({ added: 1, changed: 4, removed: 0 })).toBe('5 changes');
  expect(changesBrief({ added: 0, changed: 0, removed: 0 })).toBe('no changes');
});
