import { type ErrorCode, ForebayError } from '@forebay/core/api/errors';
import { aJob, aPlacement, aProgress } from '@forebay/core/api/testing';
import { expect, test } from 'vitest';
import { aSnapshot } from './examples.ts';
import { emptySnapshot } from './snapshot.ts';
import { statusText } from './statusText.ts';

const said = (more: object) => statusText(aSnapshot(more))?.text;

test('the status bar says what is under way, else how much is cached', () => {
  expect(statusText(emptySnapshot)).toBeNull();
  expect(said({})).toBe('Forebay: 0 versions cached');
  const placements = [aPlacement('x', 1, 'ready'), aPlacement('x', 2, 'failed')];
  expect(said({ placements })).toBe('Forebay: 1 version cached');
  const job = aJob('x@v2', { progress: aProgress({ bytes: 625, bytesTotal: 1000 }) });
  expect(said({ placements, jobs: [job] })).toBe('Filling x@v2, 62%');
  expect(said({ jobs: [job, job, job] })).toBe('Filling x@v2, 62% and 2 more');
});

test('what is wrong is said whatever was known', () => {
  const failed = (code: ErrorCode) =>
    said({ jobs: [aJob('x')], failure: { error: new ForebayError(code, 'No.'), since: 0 } });
  expect(failed('daemon-unreachable')).toBe('Forebay: offline');
  expect(failed('lake-denied')).toBe('Forebay: not allowed');
  expect(failed('lake-unreachable')).toBe("Forebay: can't be read");
});
