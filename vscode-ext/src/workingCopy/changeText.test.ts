import type { WorkingCopyStatus } from '@forebay/core/api/schemas';
import { expect, test } from 'vitest';
import { baseLabel, groupLabel, newerText } from './changeText.ts';

const status: WorkingCopyStatus = {
  ...{ folder: '/data/scans', inside: '', dataset: 'chest', base: 3, large: false },
  ...{ added: 1, changed: 0, removed: 0, newest: null, items: [] },
  changes: [{ path: 'a.png', is: 'added' }],
};

test('a list that is not whole says how much of it there is', () => {
  expect(groupLabel(status)).toBe('Changes');
  expect(groupLabel({ ...status, changed: 12_344 })).toBe('Changes, the first 1 of 12,345');
});

test('what a folder stands on is said, and what others made since', () => {
  expect(baseLabel(status)).toBe('v3');
  expect(baseLabel({ ...status, base: 0 })).toBe('no version yet');
  expect(newerText(status, 0)).toBeUndefined();
  const newest = { version: 5, author: 'ben', time: '2026-11-23T10:00:00.000Z', message: '' };
  expect(newerText({ ...status, newest }, Date.parse('2026-11-23T12:30:00Z'))).toBe('v5 by ben · 2 h ago');
});
