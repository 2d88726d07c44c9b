import type { FileChange } from '@forebay/core/api/schemas';
import { expect, test } from 'vitest';
import { version as example } from '../testing/examples.ts';
import { changeChoice } from './fileChangeText.ts';

test('a version that changed a file is told with what it then was, when, by whom and why', () => {
  const version = example({ version: 3, tags: ['raw'], author: 'ana', message: 'relabelled' });
  const change: FileChange = { version, is: 'changed', kind: 'file', size: 2100 };
  expect(changeChoice(change, Date.parse(version.time))).toEqual({
    label: '$(diff-modified) v3',
    description: 'changed · 2.1 kB · raw · now · ana',
    detail: 'relabelled',
  });
  expect(changeChoice({ ...change, is: 'removed', kind: null, size: 0 }, 0).description).toMatch(
    /^removed · raw/,
  );
});
