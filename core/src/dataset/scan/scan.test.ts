import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { control, temporaryFolder } from '../testing/lake.ts';
import { scanFolder } from './scan.ts';

const scan = (folder: string) => scanFolder(folder, control());

test('a folder is scanned in path order, its .forebay left out', async () => {
  const folder = await temporaryFolder();
  for (const name of ['a', 'a/b', 'empty', 'nested', 'nested/.forebay', '.forebay', 'ä'])
    mkdirSync(join(folder, name));
  const names = [
    'a.txt',
    'a/b/c',
    'a-b',
    'nested/.forebay/x',
    '.forebay/y',
    '😀',
    '\uffee',
    'ä/z',
    'empty.txt',
  ];
  for (const name of names) writeFileSync(join(folder, name), name);
  chmodSync(join(folder, 'a-b'), 0o755);
  symlinkSync('../a.txt', join(folder, 'a/link'));
  const tree = await scan(folder);
  expect(tree.paths).toEqual([
    'a-b',
    'a.txt',
    'a/b/c',
    'a/link',
    'empty',
    'empty.txt',
    'nested/.forebay/x',
    'ä/z',
    '\uffee',
    '😀',
  ]);
  expect(tree.at(0)).toMatchObject({ kind: 'file', size: 3, executable: true });
  expect(tree.at(3)).toMatchObject({ kind: 'link', target: '../a.txt', size: 0 });
  expect(tree.at(4)).toMatchObject({ kind: 'folder', size: 0 });
});

test('a name that is not UTF-8 is refused by name', async () => {
  const folder = await temporaryFolder();
  mkdirSync(join(folder, 'sub'));
  writeFileSync(Buffer.concat([Buffer.from(join(folder, 'sub/')), Buffer.from([0x66, 0xfc, 0x72])]), '');
  await expect(scan(folder)).rejects.toMatchObject({
    code: 'name-not-utf8',
    message: `The file name 'f\\xfcr' in "sub" isn't UTF-8.`,
  });
});

test('a link out of the tree is refused by name', async () => {
  const folder = await temporaryFolder();
  symlinkSync('/etc/passwd', join(folder, 'x'));
  await expect(scan(folder)).rejects.toMatchObject({
    code: 'link-leaves',
    message: expect.stringContaining('"x"'),
  });
});

test('sockets and pipes are refused by name', async () => {
  const folder = await temporaryFolder();
  const server = createServer().listen(join(folder, 'sock'));
  await new Promise((resolve) => server.once('listening', resolve));
  await expect(scan(folder)).rejects.toThrow('"sock" is a socket');
  await new Promise((resolve) => server.close(resolve));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  await expect(scan(folder)).rejects.toThrow('"pipe" is a named pipe');
});

test('a folder that is not there is said to be so', async () => {
  await expect(scan('/nowhere/at/all')).rejects.toMatchObject({ code: 'folder-unknown' });
});
