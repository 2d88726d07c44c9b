import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { codeIn, isSecret, withoutCredentials } from './codeIn.ts';

test.each([
  ['https://user:token@github.com/org/code.git', 'https://github.com/org/code.git'],
  ['https://github.com/org/code.git', 'https://github.com/org/code.git'],
  ['https://to@ken@host/a@b', 'https://host/a@b'],
  ['git@github.com:org/code.git', 'git@github.com:org/code.git'],
  ['/srv/code.git', '/srv/code.git'],
])('the remote %s is recorded as %s', (remote, recorded) => {
  expect(withoutCredentials(remote)).toBe(recorded);
});

test('files that hold secrets by custom are not kept', () => {
  expect(['.env', 'a/.env.local', 'id.pem', 'x/y.KEY', '.netrc'].every(isSecret)).toBe(true);
  expect(['env.py', 'keys.txt', 'a.environment', 'monkey'].some(isSecret)).toBe(false);
});

let repository: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: repository });
const put = (name: string, bytes: string | Buffer) => writeFile(join(repository, name), bytes);
const mebibyte = 2 ** 20;

beforeEach(async () => {
  repository = await mkdtemp(join(tmpdir(), 'fb-code-'));
  git('init', '-q');
  await put('train.py', 'one\n');
  git('add', '.');
  git('commit', '-qm', 'first');
});
afterEach(() => rm(repository, { recursive: true }));

test('an untracked file of a mebibyte is kept; one byte more, or a secret, is only named', async () => {
  await put('whole.bin', Buffer.alloc(mebibyte, 1));
  await put('large.bin', Buffer.alloc(mebibyte + 1, 1));
  await put('.env', 'TOKEN=1');
  const code = await codeIn(repository);
  expect(code?.untracked.map(({ path, bytes }) => [path, bytes.length])).toEqual([['whole.bin', mebibyte]]);
  expect(code?.leftOut.sort()).toEqual(['.env', 'large.bin']);
});

test('of all untracked files 16 MiB are kept; what no longer fits is named, and what still does is kept', async () => {
  for (let nth = 10; nth < 26; nth++) await put(`f${nth}.bin`, Buffer.alloc(mebibyte - 1, 1));
  await put('g.txt', 'sixteen letters!');
  await put('h.txt', 'h');
  const code = await codeIn(repository);
  const names = code?.untracked.map(({ path }) => path) ?? [];
  expect(names).toHaveLength(17);
  expect(names).toContain('g.txt');
  expect(code?.leftOut).toEqual(['h.txt']);
});

test('a diff above 16 MiB is left out as a whole, and said', async () => {
  await put('train.py', `${'x'.repeat(15 * mebibyte)}\n`);
  expect((await codeIn(repository))?.diff.length).toBeGreaterThan(15 * mebibyte);
  await put('train.py', `${'x'.repeat(16 * mebibyte)}\n`);
  await put('new.py', 'kept');
  const code = await codeIn(repository);
  expect([code?.diff.length, code?.leftOut, code?.changed]).toEqual([0, ['the diff'], 2]);
  expect(code?.untracked.map(({ path }) => path)).toEqual(['new.py']);
  // Beyond what is read of git at all.
  await put('train.py', randomBytes(33 * mebibyte).toString('hex'));
  expect((await codeIn(repository))?.leftOut).toEqual(['the diff']);
}, 60_000);

test('outside of a repository, and before the first commit, there is no code', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fb-none-'));
  expect(await codeIn(folder)).toBeUndefined();
  execFileSync('git', ['init', '-q'], { cwd: folder });
  expect(await codeIn(folder)).toBeUndefined();
  await rm(folder, { recursive: true });
});
