import { expect, test } from 'vitest';
import type { FileChange } from '../../src/api/schemas.ts';
import { aVersion } from '../../src/api/testing.ts';
import { waysTo } from './waysTo.ts';

const change = (version: number, is: FileChange['is']): FileChange => ({
  version: aVersion('scans', version),
  is,
  kind: is === 'removed' ? null : 'file',
  size: 24,
});
const added = change(1, 'added');
const changed = change(4, 'changed');
const removed = change(9, 'removed');
const all = [removed, changed, added];

test('what was changed is opened, and compared with what was there before', () => {
  expect(waysTo(changed, all)).toEqual([
    { kind: 'open', version: 4 },
    { kind: 'compare', from: 1, to: 4 },
  ]);
});

test('what came is opened; of what went, the last version that had it', () => {
  expect(waysTo(added, all)).toEqual([{ kind: 'open', version: 1 }]);
  expect(waysTo(removed, all)).toEqual([{ kind: 'open', version: 4 }]);
});

test('what was there before is not known until earlier versions were looked at', () => {
  expect(waysTo(changed, [removed, changed])).toEqual([{ kind: 'open', version: 4 }]);
  expect(waysTo(removed, [removed])).toEqual([]);
});
