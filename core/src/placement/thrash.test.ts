import { describe, expect, test } from 'vitest';
import { makeRoom } from './makeRoom.ts';
import { assumedRates } from './refill.ts';
import type { Holding } from './room.ts';
import { addUse, expectedUses, type UseHistory } from './uses.ts';

/** One mount: at this time, milliseconds, of a version of this many bytes. */
interface Mount {
  at: number;
  ref: string;
  bytes: number;
}

interface Cached {
  lastUsed: number;
  bytes: number;
}

type ChooseVictims = (cached: Map<string, Cached>, wanted: Mount) => string[];

const hour = 3_600_000;
const GB = 1e9;

/** Plays mounts to a cache, one after another, and counts those that find their version there. */
function hitsOf(trace: Mount[], choose: ChooseVictims): number {
  const cached = new Map<string, Cached>();
  let hits = 0;
  for (const mount of trace) {
    if (cached.has(mount.ref)) hits++;
    else for (const victim of choose(cached, mount)) cached.delete(victim);
    cached.set(mount.ref, { lastUsed: mount.at, bytes: mount.bytes });
  }
  return hits;
}

const leastRecentlyUsed =
  (capacity: number): ChooseVictims =>
  (cached, { bytes }) => {
    let left = capacity - [...cached.values()].reduce((sum, each) => sum + each.bytes, 0);
    const victims: string[] = [];
    for (const [ref, each] of [...cached].sort(([, a], [, b]) => a.lastUsed - b.lastUsed)) {
      if (left >= bytes) break;
      victims.push(ref);
      left += each.bytes;
    }
    return victims;
  };

/** As the hub does it: uses by day, also of versions that are no longer there. */
function byWorth(capacity: number, trace: Mount[]): ChooseVictims {
  const known = new Map<string, UseHistory>();
  let seen = 0;
  return (cached, wanted) => {
    const returns = known.has(wanted.ref);
    for (; seen < trace.length; seen++) {
      const { ref, at } = trace[seen] as Mount;
      if (at > wanted.at) break;
      known.set(ref, addUse(known.get(ref), at));
    }
    const holdings = [...cached].map(([ref, { bytes, lastUsed }]): Holding => {
      const history = known.get(ref);
      return {
        id: ref,
        dataset: ref,
        version: 1,
        selection: null,
        ref,
        state: 'ready',
        storedBytes: bytes,
        storedInodes: 1,
        writtenBytes: 0,
        writtenInodes: 0,
        lastUsed,
        leases: 0,
        pinned: false,
        expectedUses: history ? expectedUses(history, wanted.at) : 0,
        usesLastWeek: 0,
      };
    });
    const room = {
      cache: 'local',
      capacity,
      inodeCapacity: null,
      diskFree: Number.MAX_SAFE_INTEGER,
      inodesFree: null,
      trash: { bytes: 0, inodes: 0 },
      holdings,
    };
    const need = { ref: wanted.ref, bytes: wanted.bytes, inodes: 1 };
    const pressure = { rates: assumedRates, mayEvict: true, returns };
    return makeRoom(room, need, pressure).map(({ holding }) => holding.id);
  };
}

function compare(trace: Mount[], capacity: number) {
  return {
    lru: hitsOf(trace, leastRecentlyUsed(capacity)),
    worth: hitsOf(trace, byWorth(capacity, trace)),
    mounts: trace.length,
  };
}

describe('where least recently used thrashes', () => {
  test('an epoch over more versions than fit finds all but one of those that fit', () => {
    const trace = Array.from(
      { length: 50 },
      (_, i): Mount => ({ at: i * hour, ref: `shard${i % 5}`, bytes: GB }),
    );
    const { lru, worth } = compare(trace, 3 * GB);
    expect(lru).toBe(0);
    // Of each five mounts two: the best that is possible where every version that is mounted has to be there.
    expect(worth).toBeGreaterThanOrEqual(2 * 8);
  });

  test('one pass over many versions leaves what is used every day where it is', () => {
    const daily = Array.from(
      { length: 60 },
      (_, i): Mount => ({ at: i * 12 * hour, ref: `daily${i % 2}`, bytes: GB }),
    );
    const pass = Array.from(
      { length: 120 },
      (_, i): Mount => ({ at: 10 * 24 * hour + i * 4 * hour + 1, ref: `once${i}`, bytes: GB }),
    );
    const trace = [...daily, ...pass].sort((a, b) => a.at - b.at);
    const { lru, worth } = compare(trace, 3 * GB);
    expect(worth).toBe(58);
    expect(lru).toBeLessThan(worth / 1.5);
  });

  test('what was used long ago goes in the end, however often it was', () => {
    const past = Array.from({ length: 100 }, (_, i): Mount => ({ at: i * hour, ref: 'past', bytes: GB }));
    const now = Array.from(
      { length: 100 },
      (_, i): Mount => ({ at: (60 * 24 + i * 12) * hour, ref: `now${i % 3}`, bytes: GB }),
    );
    expect(compare([...past, ...now], 3 * GB).worth).toBeGreaterThan(99 + 80);
  });

  test('what people do one after another is found as often as by least recently used', () => {
    const trace = Array.from(
      { length: 300 },
      (_, i): Mount => ({ at: i * hour, ref: `work${Math.floor(i / 20)}-${i % 2}`, bytes: GB }),
    );
    const { lru, worth } = compare(trace, 4 * GB);
    expect(worth).toBe(lru);
  });
});
