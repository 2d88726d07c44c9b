import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Replaced } from './Replaced.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'forebay-replaced-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what is replaced stays as it was under its path; links stay links', () => {
  mkdirSync(join(folder, 'a'));
  writeFileSync(join(folder, 'a', 'b'), 'mine');
  writeFileSync(join(folder, 'theirs'), 'theirs');
  symlinkSync('b', join(folder, 'a', 'link'));
  const replaced = new Replaced(folder, 0);
  for (const path of ['a/b', 'a/link', 'a', 'not there']) replaced.keep(path);
  renameSync(join(folder, 'theirs'), join(folder, 'a', 'b'));
  const { folder: kept, files } = replaced.kept ?? { folder: '', files: 0 };
  expect([files, readFileSync(join(kept, 'a', 'b'), 'utf8'), readlinkSync(join(kept, 'a', 'link'))]).toEqual([
    2,
    'mine',
    'b',
  ]);
});

test('of older pulls than the last five nothing is kept, and one that replaces nothing forgets nothing', () => {
  writeFileSync(join(folder, 'a'), 'mine');
  for (let nth = 0; nth < 8; nth++) new Replaced(folder, nth * 1000).keep('a');
  new Replaced(folder, 9000).keep('not there');
  const seconds = readdirSync(join(folder, '.forebay', 'replaced')).map(
    (name) => Date.parse(name.replace(/T(..)-(..)-/, 'T$1:$2:')) / 1000,
  );
  expect(seconds.sort()).toEqual([3, 4, 5, 6, 7]);
});
