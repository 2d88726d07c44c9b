import { expect, test } from 'vitest';
import { ForebayError } from '../../src/api/errors.ts';
import type { CacheStore, Lease } from '../../src/api/schemas.ts';
import { aPlacement, now, secondsAgo } from '../../src/api/testing.ts';
import { anActor } from '../actions/testing.ts';
import { agesOutAtOnce } from './agesOutAtOnce.ts';
import { detachCache, detachQuestion } from './detachCache.ts';

const cache = { name: 'fast', path: '/mnt/fast' } as CacheStore;

test('what detaching clears is named before, with what is pinned', () => {
  const placements = [
    aPlacement('scans', 1, 'ready', { bytes: 2e9 }),
    aPlacement('mnist', 2, 'ready', { bytes: 1e9, pinned: true }),
  ];
  const { body, agree } = detachQuestion({ cache, placements, leases: [] }, now);
  expect(body).toEqual([
    '2 versions, 3.0 GB, are cleared from /mnt/fast. The lake still has all of it.',
    'Pinned, and cleared too: mnist@v2.',
  ]);
  expect(agree).toBe('Clear and detach');
});

test('a cache in use is not detached, and who uses it is said', () => {
  const lease = {
    dataset: 'scans',
    version: 1,
    selection: null,
    holder: { kind: 'process', pid: 7 },
    since: secondsAgo(7200),
  } as Lease;
  const { body, agree } = detachQuestion({ cache, placements: [], leases: [lease] }, now);
  expect(agree).toBeUndefined();
  expect(body[1]).toMatch(/^scans@v1: Process 7, for 2 h/);
});

test('what a shorter time to live takes at once leaves out what is pinned or in use', () => {
  const old = { lastUsed: secondsAgo(7200) };
  const placements = [
    aPlacement('a', 1, 'ready', old),
    aPlacement('b', 1, 'ready', { ...old, pinned: true }),
    aPlacement('c', 1, 'ready', { ...old, leases: 1 }),
    aPlacement('d', 1, 'ready', { lastUsed: secondsAgo(60) }),
  ];
  expect(agesOutAtOnce(placements, 3600, now).map(({ dataset }) => dataset)).toEqual(['a']);
});

test('a cache that stays keeps its pins', async () => {
  const calls: string[] = [];
  const actor = anActor({
    placements: {
      pin: async (id: string) => calls.push(`pin ${id}`),
      unpin: async (id: string) => calls.push(`unpin ${id}`),
    },
    caches: { remove: () => Promise.reject(new ForebayError('in-use', 'Somebody came.')) },
  });
  const placements = [aPlacement('a', 1, 'ready', { pinned: true }), aPlacement('b', 1, 'ready')];
  await detachCache(actor, { cache, placements, leases: [] }, new AbortController().signal);
  expect(calls).toEqual(['unpin a-1-ready', 'pin a-1-ready']);
  expect(actor.notes).toMatchObject([{ kind: 'failed' }]);
});
