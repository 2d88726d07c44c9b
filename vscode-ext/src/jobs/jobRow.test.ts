import { expect, test } from 'vitest';
import { job } from '../testing/examples.ts';
import { jobRow } from './jobRow.ts';
import { jobsBadge } from './jobsBadge.ts';
import { jobWords } from './jobWords.ts';

test('a running job says how far it is and how long it takes', () => {
  expect(jobRow(job()).description).toBe('62% · 1 min 8 s left');
  expect(jobWords(job())).toBe('389,000 of 627,615 files, 23.7 GB of 38.2 GB, 212 MB/s, 1 min 8 s left');
});

test('before its totals are known it says what it does', () => {
  const scanning = { phase: 'scanning', filesTotal: null, bytesTotal: null, bytesPerSecond: null };
  expect(jobRow(job({}, { ...scanning, secondsLeft: null })).description).toBe('scanning');
});

test('one that has not begun says so', () => {
  expect(jobRow(job({ state: 'queued' })).description).toBe('waiting');
  expect(jobWords(job({ state: 'queued' }))).toBe('waiting');
});

test('the badge counts jobs and says on hover what they do', () => {
  expect(jobsBadge([])).toBeUndefined();
  expect(jobsBadge([job()])).toEqual({ value: 1, tooltip: 'Filling chest-xray@v3: 62% · 1 min 8 s left' });
  expect(jobsBadge([job(), job({ title: 'Syncing bulk', state: 'queued' })])).toEqual({
    value: 2,
    tooltip: '2 jobs\nFilling chest-xray@v3: 62% · 1 min 8 s left\nSyncing bulk: waiting',
  });
});
