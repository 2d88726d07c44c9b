import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { type Home, newHome } from '../support/home.ts';

/** A tmpfs whose room is told by the test. Needs the right to mount. */
class Disk {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
    mkdirSync(path, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256m,nr_inodes=100000', 'tmpfs', path]);
  }

  /** Leaves this much free. */
  leave(room: { bytes?: number; inodes?: number }): void {
    const { blocks, bfree, bsize, files, ffree } = statfsSync(this.path);
    const bytes = room.bytes === undefined ? 2 ** 28 : (blocks - bfree) * bsize + room.bytes;
    const inodes = room.inodes === undefined ? 100_000 : files - ffree + room.inodes;
    const options = `remount,size=${bytes},nr_inodes=${inodes}`;
    execFileSync('mount', ['-o', options, this.path]);
  }

  unmount(): void {
    execFileSync('umount', ['-l', this.path]);
  }
}

let home: Home;
let disk: Disk;
afterEach(async () => {
  disk.leave({});
  await home.run('down');
  disk.unmount();
  await home.remove();
});

const count = 40;
const fileBytes = 20_000;
/** How many moments: each time there is a little more room. */
const steps = 6;

/** Other content in every file than ever before. */
function change(folder: string): void {
  for (let i = 0; i < count; i++) writeFileSync(join(folder, `f${i}`), randomBytes(fileBytes));
}

describe.each([
  // What each needs for one more version: about 800 kB and a few files, or 40 of them in a cache.
  { where: 'lake', kind: 'bytes', most: 1_000_000 },
  { where: 'lake', kind: 'inodes', most: 8 },
  { where: 'work', kind: 'bytes', most: 24_000 },
  { where: 'work', kind: 'inodes', most: 4 },
  { where: 'home', kind: 'bytes', most: 1_200_000 },
  { where: 'home', kind: 'inodes', most: 60 },
])('where the disk of $where has no more $kind', ({ where, kind, most }) => {
  test('at whatever moment, it is said, nothing is left half, and with room again it works', async () => {
    home = await newHome();
    disk = new Disk(home.path(where));
    const work = home.path('work');
    mkdirSync(work, { recursive: true });
    change(work);
    await home.json('up', '--lake', home.path('lake'));
    await home.json('-C', work, 'data', 'init', 'scans');
    await home.json('-C', work, 'data', 'sync', '-m', 'first');
    const isCache = where === 'home';
    const act = isCache
      ? ['cache', 'add', 'scans@v1', '--json']
      : ['-C', work, 'data', 'sync', '-m', 'next', '--json'];
    let refused = 0;
    for (let step = 0; step < steps; step++) {
      if (!isCache) change(work);
      disk.leave({ [kind]: Math.round((most * step) / steps) });
      let { code, stdout } = await home.run(...act);
      disk.leave({});
      if (code !== 0) {
        refused++;
        expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'no-space' } });
        ({ code, stdout } = await home.run(...act));
      }
      expect([code, JSON.parse(stdout)]).toMatchObject([0, { version: isCache ? 1 : step + 2 }]);
      const verify = isCache ? ['cache', 'verify', 'scans@v1'] : ['data', 'verify', 'scans'];
      expect(await home.json(...verify)).toMatchObject({ ok: true });
      if (isCache) await home.json('cache', 'rm', 'scans@v1');
    }
    expect(refused).toBeGreaterThan(1);
  });
});
