import { readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasEnded } from '../../core/src/daemon/launch/index.ts';
import { fingerprint } from '../support/data/tree.ts';
import type { Home } from '../support/home.ts';
import { sourceHome, write } from './support.ts';

/** One story, in order: each test goes on where the one before it ended. */
let home: Home;
let work: string;
beforeAll(async () => {
  home = await sourceHome();
  work = await write(home.path('work'), { 'a.txt': 'A', 'train/0.png': 'zero', 'train/ü 1.png': 'one!' });
});
afterAll(() => home.remove());

interface PlacementLine {
  dataset: string;
  version: number;
  state: string;
  path: string;
  leases: number;
}

describe('a folder becomes a version', () => {
  test('up says where everything is', async () => {
    const status = await home.json<Record<string, unknown>>('up');
    expect(Object.keys(status)).toEqual(
      expect.arrayContaining(['pid', 'url', 'home', 'lake', 'version', 'caches', 'jobs']),
    );
    expect(status.home).toBe(await realpath(home.state));
    expect((status.lake as { url: string }).url).toBe(join(await realpath(home.state), 'lake'));
    expect(status.url).toMatch(/^unix:.*daemon\.sock$/);
    expect((await home.json<{ pid: number }>('status')).pid).toBe(status.pid);
  });

  test('init and sync make v1; a sync of nothing new gives v1 again', async () => {
    expect(await home.json('-C', work, 'data', 'init', 'mnist')).toMatchObject({ dataset: 'mnist', base: 0 });
    const first = await home.json<{ digest: string }>('-C', work, 'data', 'sync', '-m', 'as they are');
    expect(first).toMatchObject({
      dataset: 'mnist',
      version: 1,
      files: 3,
      bytes: 9,
      added: 3,
      changed: 0,
      removed: 0,
    });
    const again = await home.json('-C', work, 'data', 'sync');
    expect(again).toEqual({ ...first, added: 0, uploadedBytes: 0 });
    expect((await home.run('-C', work, 'data', 'sync')).stdout).toContain('Nothing changed: mnist@v1');
  });

  test('a change makes v2, and the diff names it', async () => {
    await writeFile(join(work, 'a.txt'), 'AA');
    await write(work, { 'train/2.png': 'two' });
    await rm(join(work, 'train/0.png'));
    const synced = await home.run('-C', work, 'data', 'sync', '-m', 'better');
    expect(synced.stdout).toMatch(/^mnist@v2 {2}3 files, 9 B {2}\+1 ~1 -1 /);
    expect(await home.json('data', 'diff', 'mnist@v1', 'mnist@v2')).toEqual({
      added: [{ path: 'train/2.png', size: 3 }],
      changed: [{ path: 'a.txt', size: 2 }],
      removed: [{ path: 'train/0.png', size: 4 }],
    });
  });

  test('ls and log show it to people and to scripts', async () => {
    const log = await home.json<Array<Record<string, unknown>>>('data', 'log', 'mnist');
    expect(log.map(({ version, message, parents }) => [version, message, parents])).toEqual([
      [2, 'better', [1]],
      [1, 'as they are', []],
    ]);
    expect((await home.run('-C', work, 'data', 'log')).stdout).toContain('as they are');
    expect((await home.run('data', 'ls')).stdout).toMatch(/mnist +mnist@v2 +3 +9 B/);
    const top = await home.json<Array<{ path: string; kind: string }>>('data', 'ls', 'mnist@v1');
    expect(top.map(({ path, kind }) => [path, kind])).toEqual([
      ['train', 'folder'],
      ['a.txt', 'file'],
    ]);
    const files = await home.json<Array<{ path: string }>>('data', 'ls', 'mnist@v1:train');
    expect(files.map(({ path }) => path)).toEqual(['train/0.png', 'train/ü 1.png']);
    expect(await home.json<unknown[]>('data', 'ls', '-r', 'mnist@v1')).toHaveLength(3);
  });

  test('a tag and a digest name the version too', async () => {
    await home.json('data', 'tag', 'mnist@v1', 'raw');
    const [, first] = await home.json<Array<{ digest: string; tags: string[] }>>('data', 'log', 'mnist');
    expect(first?.tags).toEqual(['raw']);
    const prefix = first?.digest.replace(':', '-').slice(0, 15);
    expect(await home.json('data', 'ls', `mnist@${prefix}`)).toEqual(
      await home.json('data', 'ls', 'mnist@raw'),
    );
  });

  test('clone gives the same tree, pull brings the next version, verify reads all of it', async () => {
    const copy = home.path('copy');
    await home.json('data', 'clone', 'mnist@v1', copy);
    expect(await readFile(join(copy, 'a.txt'), 'utf8')).toBe('A');
    expect(await home.json('-C', copy, 'data', 'pull')).toMatchObject({ version: 2, conflicts: [] });
    expect(await fingerprint(copy)).toEqual(await fingerprint(work));
    expect(await home.json('data', 'verify', 'mnist')).toEqual({
      ok: true,
      files: 3,
      bytes: 9,
      problems: [],
    });
  });
});

describe('the version is cached and opened', () => {
  let path: string;

  test('cache add makes it ready once, and cache ls shows where', async () => {
    const added = await home.json<PlacementLine>('cache', 'add', 'mnist@v2');
    expect(added).toMatchObject({ dataset: 'mnist', version: 2, state: 'ready', leases: 0 });
    expect(await home.json('cache', 'add', 'mnist@v2')).toMatchObject({ path: added.path });
    expect((await home.run('cache', 'add', 'mnist')).stdout).toBe(
      `mnist@v2 is ready on local: 3 files, 9 B\n${added.path}\n`,
    );
    const [line] = await home.json<PlacementLine[]>('cache', 'ls');
    expect(Object.keys(line ?? {}).join(' ')).toBe(
      'dataset version digest cache site state files bytes path lastUsed expires pinned leases',
    );
    expect(await fingerprint(added.path)).toEqual(await fingerprint(work));
    expect(await home.json('cache', 'verify', 'mnist')).toMatchObject({ ok: true, files: 3 });
  });

  test('mount prints the path alone, and holds the version until unmount', async () => {
    const mounted = await home.run('mount', 'mnist');
    path = mounted.stdout.trim();
    expect([mounted.code, mounted.stderr]).toEqual([0, '']);
    expect(await readFile(join(path, 'a.txt'), 'utf8')).toBe('AA');
    const refused = await home.run('cache', 'rm', 'mnist', '--json');
    expect([refused.code, JSON.parse(refused.stdout).error.code]).toEqual([1, 'in-use']);
    expect((await home.run('unmount', join(path, 'train'))).stdout).toContain('Unmounted mnist@v2');
    expect((await home.run('unmount', path)).code).toBe(1);
  });

  test('mount -- runs a command on it, passes its exit code on, and lets go', async () => {
    const script = 'cat "$FOREBAY_PATH/a.txt"; echo " $NO_PROXY"; "$@" >&2; exit 7';
    const forebay = [process.execPath, home.program, 'cache', 'ls', '--json'];
    const ran = await home.run('mount', 'mnist@v1', '--', 'sh', '-c', script, 'sh', ...forebay);
    expect([ran.code, ran.stdout]).toEqual([7, 'A 127.0.0.1\n']);
    const during = (JSON.parse(ran.stderr) as PlacementLine[]).find(({ version }) => version === 1);
    expect(during?.leases).toBeGreaterThan(0);
    const after = (await home.json<PlacementLine[]>('cache', 'ls')).find(({ version }) => version === 1);
    expect(after?.leases).toBe(0);
  });

  test('mount --for holds as long as a process lives', async () => {
    const { leaseId, ...mounted } = await home.json<Record<string, unknown>>(
      'mount',
      'mnist',
      '--for',
      String(process.pid),
    );
    expect(leaseId).toEqual(expect.any(String));
    expect(mounted).toEqual({ dataset: 'mnist', version: 2, cache: 'local', path });
    const [code, said] = await home.run('unmount', 'mnist').then((out) => [out.code, out.stderr]);
    expect(code).toBe(1);
    expect(said).toContain(`process ${process.pid}`);
  });

  test('a cache of its own holds a version too, and cache rm clears it there', async () => {
    await home.json('cache-store', 'attach', 'fast', home.path('fast'), '--capacity', '1GB', '--ttl', '2h');
    expect(await home.json('cache', 'add', 'mnist@v1', '--on', 'fast')).toMatchObject({
      cache: 'fast',
      state: 'ready',
    });
    const caches = await home.json<Array<{ name: string; ttlSeconds: number }>>('cache-store', 'ls');
    expect(caches.find(({ name }) => name === 'fast')?.ttlSeconds).toBe(7200);
    expect(await home.json('cache', 'rm', 'mnist@v1', '--on', 'fast')).toMatchObject([
      { version: 1, cache: 'fast' },
    ]);
    expect((await home.run('cache', 'rm', 'mnist@v1', '--on', 'fast')).code).toBe(1);
    await home.json('cache-store', 'rm', 'fast');
    expect(await home.json<unknown[]>('cache-store', 'ls')).toHaveLength(1);
  });
});

test('down stops the daemon; the next command starts another, which knows all of it', async () => {
  const { pid } = await home.json<{ pid: number }>('status');
  expect(await home.json('down')).toEqual({ stopped: true, pid });
  expect(hasEnded(pid)).toBe(true);
  expect((await home.run('down')).stdout).toContain('not running');
  expect(await home.json<unknown[]>('data', 'log', 'mnist')).toHaveLength(2);
  const cached = await home.json<PlacementLine[]>('cache', 'ls');
  expect(
    cached
      .filter(({ state }) => state === 'ready')
      .map(({ version }) => version)
      .sort(),
  ).toEqual([1, 2]);
});
