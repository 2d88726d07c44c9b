import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Machine, newMachine } from '../daemon/daemon.ts';
import { type SmallDisk, smallExt4, smallTmpfs } from './smallDisk.ts';

const MB = 1_000_000;
let machine: Machine;
let disk: SmallDisk;
beforeEach(async () => {
  machine = await newMachine();
  await machine.start();
});
afterEach(async () => {
  await machine.remove();
  disk.unmount();
});

/** What a file system of the cache's own has given out since now, at its most: its own count, which misses nothing. */
function watchDisk(path: string) {
  const used = () => {
    const { blocks, bfree, bsize, files, ffree } = statfsSync(path);
    return { bytes: (blocks - bfree) * bsize, inodes: files - ffree };
  };
  const before = used();
  const most = { bytes: 0, inodes: 0 };
  let looks = 0;
  const timer = setInterval(() => {
    const now = used();
    most.bytes = Math.max(most.bytes, now.bytes - before.bytes);
    most.inodes = Math.max(most.inodes, now.inodes - before.inodes);
    looks++;
  }, 1);
  return {
    most,
    stop() {
      clearInterval(timer);
      expect(looks).toBeGreaterThan(100);
    },
  };
}

/** Small numbers that are always the same. */
function dice(seed: number) {
  let state = seed;
  return (sides: number) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * sides);
  };
}

async function makeDatasets(): Promise<string[]> {
  const refs: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    const files = (from: number, to: number) =>
      Object.fromEntries(
        Array.from({ length: to - from }, (_, i) => [
          `${(from + i) % 7}/deep/${from + i}.bin`,
          randomBytes(300 + ((from + i) % 40) * 1000),
        ]),
      );
    const folder = await machine.dataset(name, files(0, 100));
    await machine.sync(folder, files(90, 110));
    await machine.sync(folder, files(0, 60));
    refs.push(`${name}@v1`, `${name}@v2`, `${name}@v3`);
  }
  return refs;
}

test.for([
  { on: 'tmpfs', make: () => smallTmpfs(40 * MB, 20_000), capacity: 6 * MB, inodes: 100_000 },
  { on: 'ext4', make: () => smallExt4(40 * MB, 20_000), capacity: 6 * MB, inodes: 100_000 },
  // Not on tmpfs, which counts a hard link as an inode.
  { on: 'ext4, short of inodes', make: () => smallExt4(40 * MB, 20_000), capacity: 30 * MB, inodes: 280 },
])(
  'never does a cache take more than its capacity, whoever fills and clears at the same time, on $on',
  async ({ make, capacity, inodes }) => {
    disk = make();
    const refs = await makeDatasets();
    const path = join(disk.path, 'cache');
    const { client } = machine;
    await client.caches.attach({ name: 'small', path, capacity, inodeCapacity: inodes });
    const watched = watchDisk(path);
    const roll = dice(7);
    let filled = 0;
    for (let round = 0; round < 8; round++) {
      const work = Array.from({ length: 3 }, () => refs[roll(refs.length)] ?? '').map(async (ref) => {
        const cached = await machine.cached(ref, 'small').catch((error) => {
          expect(['no-space', 'not-cached', 'cancelled']).toContain(error.code);
        });
        if (cached?.state === 'ready') filled++;
      });
      if (roll(3) === 0) {
        const [some] = await client.placements.list();
        if (some) await client.placements.remove(some.id).catch(() => {});
      }
      await Promise.all(work);
    }
    watched.stop();
    expect(filled).toBeGreaterThan(8);
    expect(watched.most.bytes).toBeLessThanOrEqual(capacity);
    expect(watched.most.inodes).toBeLessThanOrEqual(inodes);
    const stats = await client.caches.stats();
    const small = stats.find((each) => each.cache === 'small');
    expect(small?.evictions.pressure).toBeGreaterThan(2);
  },
);
