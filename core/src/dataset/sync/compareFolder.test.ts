import { appendFileSync, mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { beforeEach, expect, test } from 'vitest';
import { FolderRows } from '../recorded/folderRows.ts';
import { RecordedIndex } from '../recorded/read.ts';
import { IndexWriter } from '../recorded/write.ts';
import { isRacy } from '../scan/racy.ts';
import { control, sha256, temporaryFolder } from '../testing/lake.ts';
import { compareFolder } from './compareFolder.ts';

let folder: string;
let index: string;
/** Of the file system, in a while: what was written by then can't change unseen. */
let later: number;

beforeEach(async () => {
  folder = await temporaryFolder();
  index = join(folder, '.forebay/index');
  mkdirSync(join(folder, 'sub/empty'), { recursive: true });
  for (const name of ['a', 'b', 'c', 'sub/d', 'é\n']) writeFileSync(join(folder, name), `${name}`);
  writeFileSync(join(folder, 'none'), '');
  symlinkSync('a', join(folder, 'link'));
  later = Date.now() + 10_000;
});

/** What the folder is against the index; all that isn't known is learned, and the index written. */
async function compare(now = later) {
  const before = RecordedIndex.open(index);
  const next = new IndexWriter(index);
  const { same, unread } = await compareFolder(folder, before, next, { now, ...control() });
  before?.close();
  const rows = RecordedIndex.openUnfinished(next.path);
  const { rows: found } = new FolderRows(rows).takeUntil('\u{10ffff}', 100);
  rows.close();
  for (const { kind, size, sha256: known, digestAt } of found) {
    if (kind === 'file' && size > 0 && !known) next.patch(Buffer.from(sha256(), 'hex'), digestAt);
  }
  next.publish({ version: 1, digest: 'sha256:x' });
  const toRead = found.filter(({ kind, size, sha256: known }) => kind === 'file' && size > 0 && !known);
  return { same, unread: unread.files, toRead: toRead.map(({ path }) => path), found };
}

test('without an index every file is read; with one, none whose stats are as they were', async () => {
  const first = await compare();
  expect(first).toMatchObject({ same: false, unread: 5, toRead: ['a', 'b', 'c', 'sub/d', 'é\n'] });
  expect(first.found.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
    'file a',
    'file b',
    'file c',
    'link link',
    'file none',
    'file sub/d',
    'folder sub/empty',
    'file é\n',
  ]);
  const second = await compare();
  expect(second).toMatchObject({ same: true, unread: 0, toRead: [] });
  expect(second.found[4]?.sha256).toMatch(/^e3b0c442/);
  expect(await compare()).toMatchObject({ same: true });
});

test.each([
  ['content and size', () => appendFileSync(join(folder, 'b'), '+')],
  ['content alone', () => writeFileSync(join(folder, 'b'), 'B')],
])('a file with %s is read, and no other', async (_, change) => {
  await compare();
  await setTimeout(20);
  change();
  expect(await compare()).toMatchObject({ same: false, unread: 1, toRead: ['b'] });
  expect(await compare()).toMatchObject({ same: true });
});

test('a file that went is noticed, though nothing else changed', async () => {
  await compare();
  rmSync(join(folder, 'a'));
  expect(await compare()).toMatchObject({ same: false, toRead: [] });
  expect(await compare()).toMatchObject({ same: true });
});

test('what came and what went is noticed, once', async () => {
  await compare();
  rmSync(join(folder, 'a'));
  writeFileSync(join(folder, 'sub/dd'), 'new');
  rmSync(join(folder, 'é\n'));
  const { same, toRead, found } = await compare();
  expect([same, toRead]).toEqual([false, ['sub/dd']]);
  expect(found.map(({ path }) => path)).not.toContain('a');
  expect(await compare()).toMatchObject({ same: true });
});

test('a file that changed just before it was scanned is read again: it may have changed once more', async () => {
  await compare();
  writeFileSync(join(folder, 'none'), '');
  const { found } = await compare(0);
  expect(found.find(({ path }) => path === 'none')).toMatchObject({ same: false, sha256: undefined });
  const seconds = 1_700_000_000_000;
  expect(isRacy(seconds - 1000, seconds)).toBe(true);
  expect(isRacy(seconds - 1000.5, seconds)).toBe(false);
});

test('an index that is cut short or damaged makes files be read, never believed', async () => {
  await compare();
  const whole = await readFile(index);
  truncateSync(index, whole.length - 40);
  expect((await compare()).same).toBe(false);
  for (let at = 0; at < whole.length; at += 7) {
    const damaged = Buffer.from(whole);
    damaged[at] = (damaged[at] ?? 0) ^ 0xff;
    writeFileSync(index, damaged);
    const { found } = await compare();
    expect(found.map(({ path }) => path)).toHaveLength(8);
  }
});
