import { aJob, aPlacement, aProgress } from '@forebay/core/api/testing';
import { expect, test } from 'vitest';
import { type Announced, announce } from './announce.ts';

const at = (percent: number) => [aJob('x', { progress: aProgress({ bytes: percent, bytesTotal: 100 }) })];

test('progress is said when a job begins and at every further 10%, once', () => {
  let said: Announced = new Map();
  const heard = [0, 4, 11, 19, 12, 35, 35, 100].map((percent) => {
    const next = announce(at(percent), [], said);
    said = next.said;
    return next.text;
  });
  expect(heard).toEqual([
    'Filling x, 0%',
    '',
    'Filling x, 10%',
    '',
    '',
    'Filling x, 30%',
    '',
    'Filling x, 100%',
  ]);
});

test('a fill ends with the words that its version is cached, once the placement says so', () => {
  const job = aJob('j', { title: 'Filling x@v1', dataset: 'x', version: 1, cache: 'gpu-hall' });
  const filling = [aPlacement('x', 1, 'filling')];
  const ready = [aPlacement('x', 1, 'ready')];
  let said: Announced = new Map();
  const hear = (jobs: (typeof job)[], placements: typeof ready) => {
    const next = announce(jobs, placements, said);
    said = next.said;
    return next.text;
  };
  expect([hear([job], filling), hear([], filling), hear([], ready), hear([], ready)]).toEqual([
    'Filling x@v1, 0%',
    '',
    'x@v1 is cached on gpu-hall',
    '',
  ]);
});

test.each([
  ['was cancelled', []],
  ['failed', [aPlacement('x', 1, 'failed')]],
  ['is for another cache', [aPlacement('x', 1, 'ready', { cache: 'other' })]],
])('a fill that %s is not said to be cached', (_, placements) => {
  const job = aJob('j', { dataset: 'x', version: 1, cache: 'gpu-hall' });
  expect(announce([], placements, new Map([['j', { job, tens: 3 }]])).text).toBe('');
});
