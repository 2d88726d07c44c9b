import { expect, test } from 'vitest';
import { agedOut, clockJumped } from './ageOut.ts';
import type { PlacedRow } from './holdings.ts';

const day = 86_400_000;
const placed = (id: string, change: Partial<PlacedRow> = {}): PlacedRow => ({
  id,
  cache_id: 'c',
  lake_id: 'l',
  dataset_id: 'd',
  dataset_name: 'mnist',
  version: 1,
  selection: '',
  digest: 'sha256:0',
  state: 'ready',
  files: 1,
  bytes: 1,
  stored_bytes: 1,
  stored_inodes: 1,
  fill_id: 'f',
  path: '/p',
  inode: '1',
  last_used: 0,
  pinned: 0,
  job_id: null,
  problem: null,
  cause: null,
  damage: null,
  verified: 0,
  scrub_path: null,
  cache_name: 'local',
  site: 'here',
  ttl_seconds: 86_400,
  leases: 0,
  ...change,
});

test('a placement ages out one day after its last use, not before', () => {
  expect(agedOut([placed('a')], day - 1)).toEqual([]);
  expect(agedOut([placed('a')], day)).toHaveLength(1);
});

test("the cache's own time to live counts", () => {
  expect(agedOut([placed('a', { ttl_seconds: 60 })], 60_000)).toHaveLength(1);
});

test('what is leased, pinned or not ready never ages out', () => {
  const rows = [
    placed('leased', { leases: 1 }),
    placed('pinned', { pinned: 1 }),
    placed('filling', { state: 'filling' }),
    placed('evicting', { state: 'evicting' }),
  ];
  expect(agedOut(rows, 100 * day)).toEqual([]);
});

test('a clock that is set forward or back is noticed, one that runs is not', () => {
  const before = { now: 1000, monotonic: 0 };
  expect(clockJumped(before, { now: 1000 + 300_000, monotonic: 300_000 })).toBe(false);
  expect(clockJumped(before, { now: 1000 + 300_000 + day, monotonic: 300_000 })).toBe(true);
  expect(clockJumped(before, { now: 1000 - day, monotonic: 300_000 })).toBe(true);
});
