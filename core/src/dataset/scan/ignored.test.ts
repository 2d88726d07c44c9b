import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { control, temporaryFolder } from '../testing/lake.ts';
import { scanFolder } from './scan.ts';

function write(folder: string, files: Record<string, string>): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
}

const scanned = async (folder: string): Promise<string[]> => (await scanFolder(folder, control())).paths;

test('what an ignore file names is no part of the folder; the file itself is', async () => {
  const folder = await temporaryFolder();
  write(folder, {
    '.forebayignore': '# scratch\n*.tmp\n/cache/\n!keep.tmp\n',
    'a.tmp': '',
    'a.png': '',
    'keep.tmp': '',
    'cache/x': '',
    'deep/cache/x': '',
    'deep/b.tmp': '',
    'only/c.tmp': '',
  });
  expect(await scanned(folder)).toEqual([
    '.forebayignore',
    'a.png',
    'deep/cache/x',
    'keep.tmp',
    // Nothing of it counts, as if it were empty.
    'only',
  ]);
});

test('one further down counts there, and wins', async () => {
  const folder = await temporaryFolder();
  write(folder, {
    '.forebayignore': '*.log\n',
    'x.log': '',
    'runs/.forebayignore': '!*.log\n/tmp\n',
    'runs/x.log': '',
    'runs/deep/x.log': '',
    'runs/tmp/x': '',
    'runs/deep/tmp/x': '',
  });
  expect(await scanned(folder)).toEqual([
    '.forebayignore',
    'runs/.forebayignore',
    'runs/deep/tmp/x',
    'runs/deep/x.log',
    'runs/x.log',
  ]);
});

test("JupyterLab's checkpoints are left out, unless a line takes them back", async () => {
  const folder = await temporaryFolder();
  write(folder, { 'a/.ipynb_checkpoints/x-checkpoint.csv': '', 'a/x.csv': '', 'b/.ipynb_checkpoints': '' });
  expect(await scanned(folder)).toEqual(['a/x.csv', 'b/.ipynb_checkpoints']);
  write(folder, { '.forebayignore': '!.ipynb_checkpoints/\n' });
  expect(await scanned(folder)).toContain('a/.ipynb_checkpoints/x-checkpoint.csv');
});

test('what is ignored may be what no version can hold', async () => {
  const folder = await temporaryFolder();
  write(folder, { '.forebayignore': 'pipe\n', a: '' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  expect(await scanned(folder)).toEqual(['.forebayignore', 'a']);
  rmSync(join(folder, '.forebayignore'));
  await expect(scanned(folder)).rejects.toMatchObject({ code: 'file-unreadable' });
});

test('a folder called so is a folder', async () => {
  const folder = await temporaryFolder();
  write(folder, { '.forebayignore/a': '*', b: '' });
  expect(await scanned(folder)).toEqual(['.forebayignore/a', 'b']);
});

test('in a folder that a nearer file takes back, what a line means itself is still left out', async () => {
  const folder = await temporaryFolder();
  write(folder, {
    '.forebayignore': '**/d.log\n*.tmp\n',
    'b/.forebayignore': '!c.tmp\n',
    ...{ 'b/c.tmp/d.log': '', 'b/c.tmp/e': '', 'c.tmp/e': '' },
  });
  expect(await scanned(folder)).toEqual(['.forebayignore', 'b/.forebayignore', 'b/c.tmp/e']);
});

const name = fc.constantFrom('a', 'b', 'c.tmp', 'd.log');
const paths = fc.uniqueArray(
  fc.array(name, { minLength: 1, maxLength: 3 }).map((steps) => steps.join('/')),
  { minLength: 1, maxLength: 12 },
);
const line = fc.constantFrom(
  '*.tmp',
  '!*.tmp',
  '/a',
  'a/',
  'b/*',
  '!b/a',
  '**/d.log',
  'a/b',
  '!c.tmp',
  '# a',
  '',
);
const lines = fc.array(line, { maxLength: 4 }).map((all) => `${all.join('\n')}\n`);

const hasGit = spawnSync('git', ['--version']).status === 0;

test.runIf(hasGit)(
  'what is left are the files that git would not ignore',
  async () => {
    const folder = await temporaryFolder();
    execFileSync('git', ['init', '-q'], { cwd: folder });
    await fc.assert(
      fc.asyncProperty(paths, lines, lines, lines, async (files, top, inA, inB) => {
        for (const each of ['a', 'b', 'c.tmp', 'd.log'])
          rmSync(join(folder, each), { recursive: true, force: true });
        const kept = files.filter((path) => !files.some((other) => other.startsWith(`${path}/`)));
        write(folder, Object.fromEntries(kept.map((path) => [path, ''])));
        const ignores = { '': top, a: inA, b: inB };
        for (const [at, text] of Object.entries(ignores)) {
          if (at !== '' && !kept.some((path) => path.startsWith(`${at}/`))) continue;
          for (const ignoreFile of ['.gitignore', '.forebayignore']) {
            write(folder, { [join(at, ignoreFile)]: text });
          }
        }
        const options = ['ls-files', '-z', '--others', '--exclude-per-directory=.gitignore'];
        const git = execFileSync('git', options, { cwd: folder }).toString().split('\0').filter(Boolean);
        const found = (await scanFolder(folder, control())).paths;
        expect(found.filter((path) => kept.includes(path)).sort()).toEqual(
          git.filter((path) => kept.includes(path)).sort(),
        );
      }),
      { numRuns: 60 },
    );
  },
  60_000,
);
