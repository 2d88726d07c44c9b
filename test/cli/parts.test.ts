import { existsSync } from 'node:fs';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fingerprint } from '../support/data/tree.ts';
import type { Home } from '../support/home.ts';
import { refusal, sourceHome, write } from './support.ts';

/** One story, in order: each test goes on where the one before it ended. */
let home: Home;
let work: string;
beforeAll(async () => {
  home = await sourceHome();
  work = await write(home.path('work'), {
    'labels.csv': 'labels',
    'train/0.png': 'zero',
    'train/1.png': 'one!',
    'train/1.txt': 'uno',
    'val/0.png': 'nil',
  });
  await home.json('-C', work, 'data', 'init', 'mnist');
  await home.json('-C', work, 'data', 'sync');
});
afterAll(() => home.remove());

interface Line {
  dataset: string;
  version: number;
  path: string;
  files: number;
  selection?: { include: string[]; exclude: string[] };
}
const names = async (folder: string) => (await fingerprint(folder)).map((line) => line.split(' ')[0]);
const cached = () => home.json<Line[]>('cache', 'ls');

describe('ls', () => {
  const paths = async (...args: string[]) =>
    (await home.json<Array<{ path: string }>>('data', 'ls', 'mnist', ...args)).map(({ path }) => path);

  test('shows only what is selected, with counts of that', async () => {
    expect(await paths('-r', '--include', '*.png')).toEqual(['train/0.png', 'train/1.png', 'val/0.png']);
    expect(
      await paths('-r', '--include', '{train,val}/0*', '--include', '*.csv', '--exclude', 'val'),
    ).toEqual(['labels.csv', 'train/0.png']);
    const top = await home.json('data', 'ls', 'mnist', '--exclude', '*.txt', '--exclude', 'val/');
    expect(top).toMatchObject([
      { path: 'train', kind: 'folder', files: 2, size: 8 },
      { path: 'labels.csv', kind: 'file' },
    ]);
    expect(await paths('--include', 'train/1*')).toEqual(['train']);
  });

  test('of nothing says which globs select nothing', async () => {
    const args = ['data', 'ls', '-r', 'mnist', '--include', '*.jpg', '--exclude', "it's"];
    const { code, message, exit } = await refusal(home, args);
    expect([code, exit]).toEqual(['path-unknown', 1]);
    expect(message).toBe("Nothing of mnist@v1 is selected by --include '*.jpg' --exclude 'it'\\''s'.");
  });

  test.each([[['--include', 'a[']], [['--exclude', '']], [['--include', '../x']], [['--include', '!a']]])(
    '%j is misuse',
    async (globs) => {
      for (const command of [
        ['data', 'ls', 'mnist'],
        ['cache', 'add', 'mnist'],
        ['data', 'clone', 'mnist', 'x'],
      ]) {
        const { code, exit } = await refusal(home, [...command, ...globs]);
        expect([code, exit]).toEqual(['bad-request', 2]);
      }
    },
  );

  test('of datasets has nothing to select', async () => {
    expect(await refusal(home, ['data', 'ls', '--include', 'a'])).toMatchObject({ exit: 2 });
  });
});

describe('a part on a cache', () => {
  test('is added, and shown as the part that it is', async () => {
    const added = await home.run('cache', 'add', 'mnist', '--include', '*.png', '--exclude', 'val/**');
    expect(added.stdout).toMatch(
      /^mnist@v1 \(part: \*\.png without val\/\*\*\) is ready on local( after .*)?: 2 files, 8 B\n/,
    );
    const [line] = await cached();
    expect(line).toMatchObject({ files: 2, selection: { include: ['*.png'], exclude: ['val/**'] } });
    expect(await names(line?.path ?? '')).toEqual(['train/0.png', 'train/1.png']);
    const table = (await home.run('cache', 'ls')).stdout;
    expect(table).toMatch(/^VERSION +PART .*\nmnist@v1 +\*\.png without val\/\*\* +local +ready/);
  });

  test('mount takes it, unmount lets it go, and rm clears it, each by the same globs', async () => {
    const globs = ['--exclude', 'val/**', '--include', '*.png'];
    const { path } = await home.json<Line>('mount', 'mnist', ...globs);
    expect(path).toBe((await cached())[0]?.path);
    const inUse = await refusal(home, ['cache', 'rm', 'mnist', ...globs]);
    expect(inUse.hint).toBe(
      "Give it back with 'forebay unmount mnist@v1 --include '*.png' --exclude 'val/**''.",
    );
    expect((await home.run('unmount', 'mnist', ...globs)).stdout).toBe(
      'Unmounted mnist@v1 (part: *.png without val/**).\n',
    );
    const ran = await home.run(
      'mount',
      'mnist',
      '--include',
      'labels.csv',
      '--',
      'sh',
      '-c',
      'ls "$FOREBAY_PATH"',
    );
    expect([ran.code, ran.stdout]).toEqual([0, 'labels.csv\n']);
    expect(await home.json('cache', 'verify', 'mnist', ...globs)).toMatchObject({ ok: true, files: 2 });
  });

  test('without globs one of several parts is not guessed; the only one is', async () => {
    const { code, message, hint } = await refusal(home, ['cache', 'rm', 'mnist']);
    expect([code, message]).toEqual([
      'bad-request',
      '2 parts of mnist@v1 are there, and not the whole: say which.',
    ]);
    expect(hint).toContain("forebay cache rm mnist@v1 --include 'labels.csv'");
    expect(await home.json('cache', 'rm', 'mnist', '--include', 'labels.csv')).toMatchObject([
      { version: 1, selection: { include: ['labels.csv'] } },
    ]);
    const none = await refusal(home, ['cache', 'rm', 'mnist', '--include', 'labels.csv']);
    expect(none.hint).toBe("What is there of it: --include '*.png' --exclude 'val/**' on local.");
    expect((await home.run('cache', 'rm', 'mnist')).stdout).toMatch(/^Cleared mnist@v1 \(part: /);
    expect(await cached()).toEqual([]);
  });

  test('beside the whole: rm means the whole, and a mount of any part is one of the whole', async () => {
    await home.json('cache', 'add', 'mnist', '--include', 'val/');
    const whole = await home.json<Line>('cache', 'add', 'mnist');
    expect(whole).not.toHaveProperty('selection');
    const mounted = await home.json<Line>('mount', 'mnist', '--include', 'train/');
    expect(mounted).toEqual({ ...mounted, path: whole.path, leaseId: expect.any(String) });
    expect(Object.keys(mounted).join(' ')).toBe('dataset version path cache leaseId');
    expect((await home.run('unmount', 'mnist', '--include', 'train/')).stdout).toBe('Unmounted mnist@v1.\n');
    expect((await home.run('cache', 'rm', 'mnist')).stdout).toMatch(/^Cleared mnist@v1 from local/);
    expect(await cached()).toMatchObject([{ files: 1, selection: { include: ['val/'] } }]);
  });
});

describe('a working copy of a part', () => {
  let part: string;

  test('is cloned, changed and synced; what is outside stays', async () => {
    part = home.path('part');
    const cloned = await home.run('data', 'clone', 'mnist', part, '--include', 'train/*.png');
    expect(cloned.stdout).toBe(`mnist@v1 (part: train/*.png) is in ${part}: 2 files\n`);
    expect(await names(part)).toEqual(['train/0.png', 'train/1.png']);
    expect((await home.run('-C', part, 'data', 'sync')).stdout).toBe('Nothing changed: mnist@v1 stands.\n');
    await rm(join(part, 'train/0.png'));
    await write(part, { 'train/2.png': 'two', 'train/1.png': 'ONE!' });
    const synced = await home.json('-C', part, 'data', 'sync', '-m', 'better');
    expect(synced).toMatchObject({ version: 2, files: 5, added: 1, changed: 1, removed: 1 });
    expect(await home.json('data', 'diff', 'mnist@v1', 'mnist@v2')).toEqual({
      added: [{ path: 'train/2.png', size: 3 }],
      changed: [{ path: 'train/1.png', size: 4 }],
      removed: [{ path: 'train/0.png', size: 4 }],
    });
    await home.json('-C', work, 'data', 'pull');
    expect(await names(work)).toEqual([
      'labels.csv',
      'train/1.png',
      'train/1.txt',
      'train/2.png',
      'val/0.png',
    ]);
  });

  test('pulls only what is inside', async () => {
    await write(work, { 'labels.csv': 'LABELS', 'train/3.png': 'three' });
    await home.json('-C', work, 'data', 'sync');
    expect(await home.json('-C', part, 'data', 'pull')).toMatchObject({ version: 3, added: 1, changed: 0 });
    expect(await names(part)).toEqual(['train/1.png', 'train/2.png', 'train/3.png']);
  });

  test('of nothing is no working copy, and no folder', async () => {
    const args = ['data', 'clone', 'mnist', home.path('none'), '--include', '*.jpg'];
    expect(await refusal(home, args)).toMatchObject({ code: 'path-unknown', exit: 1 });
    expect(existsSync(home.path('none'))).toBe(false);
  });
});

test('.forebayignore leaves files out of versions, and clones have it', async () => {
  await write(work, { '.forebayignore': '*.txt\ncache/\n', 'cache/x': 'x', 'new.txt': 'n' });
  const synced = await home.json('-C', work, 'data', 'sync');
  expect(synced).toMatchObject({ version: 4, added: 1, removed: 1 });
  expect(await readdir(join(work, 'cache'))).toEqual(['x']);
  const copy = home.path('copy');
  await home.json('data', 'clone', 'mnist', copy);
  expect(await readFile(join(copy, '.forebayignore'), 'utf8')).toBe('*.txt\ncache/\n');
  await writeFile(join(copy, 'scratch.txt'), 's');
  expect((await home.run('-C', copy, 'data', 'sync')).stdout).toContain('Nothing changed');
});

test('the help says how globs select', async () => {
  for (const command of [['data', 'ls'], ['data', 'clone'], ['cache', 'add'], ['mount']]) {
    const { stdout } = await home.run(...command, '--help');
    expect(stdout).toMatch(/--include <glob>[\s\S]*--exclude <glob>[\s\S]*counts in any folder/);
  }
  expect((await home.run('data', 'sync', '--help')).stdout).toContain('.forebayignore');
});
