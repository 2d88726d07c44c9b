import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aProgress, now, secondsAgo } from './examples.ts';
import { formatAge, phaseOf, progressParts, splitName } from './text.ts';

describe('text', () => {
  test.each([
    [-5, 'now'],
    [59, 'now'],
    [60, '1 min'],
    [7300, '2 h'],
    [3 * 86_400, '3 d'],
    [15 * 86_400, '2 wk'],
    [800 * 86_400, '2 y'],
  ])('%d seconds ago is %s', (seconds, age) => {
    expect(formatAge(secondsAgo(seconds), now)).toBe(age);
  });

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

  test('a name that is split to be shortened in the middle loses nothing', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(splitName(name).join('')).toBe(name);
      }),
    );
    expect(splitName('lung-screening-cohort-b')).toEqual(['lung-screening-', 'cohort-b']);
    expect(splitName('mnist')).toEqual(['mnist', '']);
  });
});
