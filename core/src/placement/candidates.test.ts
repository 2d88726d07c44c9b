import { expect, test } from 'vitest';
import { rankCandidates } from './candidates.ts';

type Planned = Parameters<typeof rankCandidates>[0][number];

const plan = (cache: string, more: Partial<Planned> = {}): Planned => ({
  dataset: 'scans',
  version: 2,
  selection: null,
  cache,
  site: 'here',
  state: null,
  files: 1000,
  size: 10e9,
  missingBytes: 10e9,
  bytes: 11e9,
  inodes: 1001,
  seconds: 100,
  measured: true,
  free: 50e9,
  inodesFree: null,
  evict: [],
  problem: null,
  ...more,
});
const victim = { placement: 'p' } as Planned['evict'][number];
const problem = { type: '', title: '', status: 507, code: 'no-space', detail: 'scans@v2 needs 10 GB.' };

test('where it is comes first, then where there is room, then where others go, last where it is refused', () => {
  const ranked = rankCandidates([
    plan('full', { problem }),
    plan('tight', { evict: [victim], seconds: 1 }),
    plan('slow', { seconds: 900 }),
    plan('quick'),
    plan('filling', { state: 'filling' }),
    plan('has-it', { state: 'ready', missingBytes: 0, seconds: 0 }),
  ]);
  expect(ranked.map(({ cache, fit }) => [cache, fit])).toEqual([
    ['has-it', 'there'],
    ['filling', 'coming'],
    ['quick', 'room'],
    ['slow', 'room'],
    ['tight', 'pushes-out'],
    ['full', 'refused'],
  ]);
});

test.each([
  [plan('a'), 'About 1 min 40 s: 10.0 GB come from the lake; 50.0 GB are free.'],
  [
    plan('a', { missingBytes: 2e9, seconds: 20 }),
    'About 20 s: most of it is there in other versions, 2.0 GB are missing; 50.0 GB are free.',
  ],
  [
    plan('a', { evict: [victim, victim], measured: false, seconds: 0.2 }),
    'Under 1 s, as is assumed until a fill was measured: 10.0 GB come from the lake; 2 versions would make room.',
  ],
  [plan('a', { problem }), 'Refused: scans@v2 needs 10 GB.'],
  [plan('a', { state: 'ready' }), 'It is there already.'],
  [
    plan('a', { missingBytes: 0, seconds: 0 }),
    'Under 1 s: all of it is there in other versions; 50.0 GB are free.',
  ],
])('a candidate says why in words', (planned, why) => {
  expect(rankCandidates([planned])[0]?.why).toBe(why);
});
