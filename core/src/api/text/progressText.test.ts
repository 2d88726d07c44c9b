import { expect, test } from 'vitest';
import { aProgress } from '../testing.ts';
import { phaseOf, progressParts } from './progressText.ts';

test('progress names files, bytes, rate and time left, as far as they are known', () => {
  const known = { files: 612, filesTotal: 1797, bytes: 1_200_000, bytesTotal: 3_400_000 };
  expect(progressParts(aProgress({ ...known, bytesPerSecond: 212_000, secondsLeft: 4 }))).toEqual([
    '612 of 1,797 files',
    '1.2 MB of 3.4 MB',
    '212 kB/s',
    '4 s left',
  ]);
  expect(progressParts(aProgress())).toEqual(['Starting']);
  expect(progressParts(aProgress({ files: 1 }))).toEqual(['1 file', '0 B']);
});

test.each([
  ['Filling x@v1', 'filling', null],
  ['Filling x@v1', 'verifying', 'Verifying'],
  ['Syncing x', 'uploading', 'Uploading'],
  ['Syncing x', 'queued', null],
])('%s while %s is at %s', (title, phase, said) => {
  expect(phaseOf(title, aProgress({ phase }))).toBe(said);
});
