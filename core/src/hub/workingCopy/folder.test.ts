import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newFolder, realFolder } from './folder.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'forebay-folder-')));
});
afterEach(() => rmSync(folder, { recursive: true }));

const fromHome = (path: string) => `~/${relative(homedir(), path)}`;

test("a folder may be written from this user's home, whether it is there or not yet", async () => {
  expect(await realFolder(fromHome(folder))).toBe(folder);
  expect(await newFolder(fromHome(folder))).toBe(folder);
  expect(await newFolder(fromHome(join(folder, 'new')))).toBe(join(folder, 'new'));
  expect(await newFolder('~/forebay-no-such-folder')).toBe(
    join(realpathSync(homedir()), 'forebay-no-such-folder'),
  );
});

test('a new folder is in one that is there, under its real name', async () => {
  mkdirSync(join(folder, 'there'));
  symlinkSync('there', join(folder, 'link'));
  expect(await newFolder(join(folder, 'link', 'new'))).toBe(join(folder, 'there', 'new'));
  await expect(newFolder(join(folder, 'none', 'new'))).rejects.toMatchObject({ code: 'folder-unknown' });
  await expect(newFolder('new')).rejects.toMatchObject({ code: 'bad-path' });
});
