import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { makeTestCache, type TestCache } from '../../core/src/cache/testing/testCache.ts';

let world: TestCache | undefined;
afterEach(() => {
  world?.remove();
  world = undefined;
});

const nobody = 65_534;
const isRoot = process.getuid?.() === 0;

test('somebody whom permissions bind fills, resumes, recovers and evicts read-only trees', () => {
  const home = mkdtempSync(join(tmpdir(), 'forebay-nobody-'));
  if (isRoot) chownSync(home, nobody, nobody);
  const script = join(import.meta.dirname, 'asNobody.ts');
  const output = execFileSync(process.execPath, [script], {
    ...(isRoot ? { uid: nobody, gid: nobody } : {}),
    env: { PATH: process.env.PATH, HOME: home, TMPDIR: home },
    encoding: 'utf8',
  });
  rmSync(home, { recursive: true });
  expect(JSON.parse(output)).toEqual({
    uid: isRoot ? nobody : process.getuid?.(),
    adopted: true,
    ready: 1,
    evicted: true,
    left: 0,
    refused: 'cache-unfit',
  });
});

test('files and folders get the cache’s group and fixed modes, whatever the umask', async () => {
  expect(isRoot, 'This test gives a folder to another group: run it as root.').toBe(true);
  const folder = mkdtempSync(join(tmpdir(), 'forebay-group-'));
  chownSync(folder, 0, nobody);
  chmodSync(folder, 0o755);
  world = await makeTestCache(folder);
  const version = await world.make({ 'a/b': { content: '1' }, 'c/d': 'folder', e: { target: 'a/b' } });
  const { path } = await world.fill(version);
  for (const name of ['a/b', 'a', 'c/d', '']) expect(statSync(join(path, name)).gid).toBe(nobody);
  expect(statSync(join(path, 'a')).mode & 0o7777).toBe(0o555);
  expect(statSync(path).mode & 0o7777).toBe(0o555);
  expect(statSync(join(path, 'a/b')).mode & 0o7777).toBe(0o444);
  rmSync(folder, { recursive: true });
});
