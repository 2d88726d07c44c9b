import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compareCode } from './compare.ts';

let folder: string;
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=ana', '-c', 'user.email=ana@example.org', ...args], {
    ...{ cwd: folder, encoding: 'utf8' },
  });
const commitText = async (text: string) => {
  await writeFile(path.join(folder, 'train.py'), text);
  git('add', '.');
  git('commit', '-qm', 'step');
  return git('rev-parse', 'HEAD').trim();
};
const bytes = (text: string) => new TextEncoder().encode(text);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'forebay-code-'));
  git('init', '-q');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('two runs are compared with what each had changed since its commit, and the repository stays as it was', async () => {
  const first = await commitText('import os\nlr = 0.1\n');
  await writeFile(path.join(folder, 'train.py'), 'import os\nlr = 0.2\n');
  const changed = bytes(git('diff', 'HEAD'));
  const second = await commitText('import os\nlr = 0.2\nepochs = 3\n');
  const objects = async () => (await readdir(path.join(folder, '.git/objects'), { recursive: true })).sort();
  const before = await objects();

  const patch = await compareCode(
    folder,
    { commit: first, diff: changed, untracked: [{ path: 'notes é.txt', bytes: bytes('one\n') }] },
    { commit: second, diff: new Uint8Array(), untracked: [] },
  );

  expect(patch).toContain('+epochs = 3');
  expect(patch).not.toContain('lr = 0.1');
  expect(patch).toContain('deleted file');
  expect(await objects()).toEqual(before);
  expect(git('status', '--porcelain')).toBe('');
});

test.each(['--index-output=/tmp/mine', 'HEAD', 'main'])(
  '%s is no commit, and never reaches git',
  async (commit) => {
    const code = { diff: new Uint8Array(), untracked: [] };
    const known = await commitText('x\n');
    await expect(compareCode(folder, { ...code, commit }, { ...code, commit: known })).rejects.toThrow(
      /no commit/,
    );
  },
);

test('a commit that is not there is said', async () => {
  const known = await commitText('x\n');
  const gone = 'a'.repeat(40);
  const code = { diff: new Uint8Array(), untracked: [] };
  await expect(compareCode(folder, { ...code, commit: known }, { ...code, commit: gone })).rejects.toThrow(
    gone,
  );
});
