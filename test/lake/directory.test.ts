import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isNetworkFileSystem, isTemporary } from '../../core/src/lake/fileSystem.ts';
import type { Lake } from '../../core/src/lake/lake.ts';
import { openLake } from '../../core/src/lake/open.ts';
import { node } from '../support/home.ts';
import { seededRandom } from '../support/network/faultyProxy.ts';
import { collect } from './lakes.ts';

const mayMount = process.platform === 'linux' && process.getuid?.() === 0;

let folder: string;
let lake: Lake;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forebay-directory-'));
  lake = openLake({ url: join(folder, 'lake') });
  await lake.create();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const leftInTemp = () => readdir(join(lake.url, '.tmp'));

test('a writer killed at any instant leaves only whole objects, and the next writer goes on', async () => {
  const random = seededRandom(1);
  for (let round = 0; round < 8; round++) {
    const url = join(folder, `killed${round}`);
    const killed = openLake({ url });
    await killed.create();
    const writer = spawn(node, [join(import.meta.dirname, 'endlessWriter.ts'), url], { stdio: 'ignore' });
    while ((await collect(killed.list(''))).length < 1) await delay(5);
    await delay(random() * 60);
    writer.kill('SIGKILL');
    await once(writer, 'exit');
    for (const { key, size } of await collect(killed.list(''))) {
      const at = Number(key.split('/')[1]) % 256;
      expect(size).toBe(key.startsWith('log') ? 1000 : 8 * 2 ** 20);
      expect((await killed.get(key))?.every((byte) => byte === at)).toBe(true);
    }
    await killed.put('after', Buffer.of(1));
    expect(await killed.head('after')).toBe(1);
  }
});

describe.runIf(mayMount)('on a small disk', () => {
  let disk: string;

  beforeEach(async () => {
    disk = join(folder, 'disk');
    await mkdir(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=3m', 'tmpfs', disk]);
    lake = openLake({ url: join(disk, 'lake') });
    await lake.create();
  });

  afterEach(() => execFileSync('umount', [disk]));

  test('a full one is told, nothing incomplete is left, and what was there stays', async () => {
    await lake.put('packs/fits', Buffer.alloc(2 ** 20, 1));
    for (const write of [
      () => lake.put('packs/large', Buffer.alloc(4 * 2 ** 20)),
      () => lake.putIfAbsent('packs/large', Buffer.alloc(4 * 2 ** 20)),
    ]) {
      await expect(write()).rejects.toMatchObject({
        code: 'no-space',
        message: `The disk of the lake ${lake.url} is full.`,
      });
    }
    expect(await leftInTemp()).toEqual([]);
    const listed = (await collect(lake.list(''))).map(({ key, size }) => ({ key, size }));
    expect(listed).toEqual([{ key: 'packs/fits', size: 2 ** 20 }]);
  });

  test('a read-only one is told, and can still be read', async () => {
    await lake.put('one', Buffer.of(1));
    execFileSync('mount', ['-o', 'remount,ro', disk]);
    await expect(lake.put('two', Buffer.of(1))).rejects.toMatchObject({
      code: 'lake-denied',
      message: `The lake ${lake.url} refuses access: it is mounted read-only.`,
    });
    expect(await lake.get('one')).toHaveLength(1);
  });

  test('one that is taken away is a missing lake, not an empty one', async () => {
    await lake.put('one', Buffer.of(1));
    execFileSync('umount', [disk]);
    try {
      await expect(lake.get('one')).rejects.toMatchObject({ code: 'lake-missing' });
      await expect(lake.put('two', Buffer.of(1))).rejects.toMatchObject({ code: 'lake-missing' });
      await expect(lake.putIfAbsent('two', Buffer.of(1))).rejects.toMatchObject({ code: 'lake-missing' });
      expect(await readdir(disk)).toEqual([]);
    } finally {
      execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', disk]);
    }
  });

  test('in memory it is temporary', async () => {
    expect(await isTemporary(lake.url)).toBe(true);
    expect(await isNetworkFileSystem(lake.url)).toBe(false);
  });

  test('shared through FUSE it counts as a network file system, and keeps every promise of a folder', async () => {
    const shared = join(folder, 'shared');
    await mkdir(shared);
    execFileSync('bindfs', [disk, shared]);
    try {
      expect(await isNetworkFileSystem(shared)).toBe(true);
      expect(await isTemporary(shared)).toBe(false);
      const through = openLake({ url: join(shared, 'lake') });
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) => through.putIfAbsent('log/1', Buffer.of(at))),
      );
      expect(answers.filter(({ created }) => created)).toHaveLength(1);
    } finally {
      execFileSync('umount', [shared]);
    }
  });
});

test.runIf(mayMount)('a folder of somebody else is refused with its name', async () => {
  await lake.put('one', Buffer.of(1));
  await chmod(folder, 0o755);
  await chmod(lake.url, 0o700);
  process.seteuid?.(65_534);
  try {
    for (const attempt of [
      () => lake.get('one'),
      () => lake.head('one'),
      () => lake.put('two', Buffer.of(1)),
      () => lake.putIfAbsent('two', Buffer.of(1)),
      () => collect(lake.list('')),
      () => lake.delete('one'),
    ]) {
      await expect(attempt()).rejects.toMatchObject({
        code: 'lake-denied',
        message: `The lake ${lake.url} refuses access: permission denied.`,
        hint: `Check the owner and permissions of ${lake.url}.`,
      });
    }
  } finally {
    process.seteuid?.(0);
  }
});
