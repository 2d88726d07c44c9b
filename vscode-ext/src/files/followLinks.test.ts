import type { FileEntry } from '@forebay/core/api/schemas';
import { expect, test } from 'vitest';
import { followLinks } from './followLinks.ts';

const folder = (path: string): FileEntry => ({ path, kind: 'folder', size: 0 });
const entries: FileEntry[] = [
  ...['', 'images', 'images/deep', 'sets'].map(folder),
  { path: 'images/deep/a.png', kind: 'file', size: 7 },
  { path: 'images/first', kind: 'link', size: 0, target: 'deep/a.png' },
  { path: 'images/twice', kind: 'link', size: 0, target: './first' },
  { path: 'sets/all', kind: 'link', size: 0, target: '../images/deep' },
  { path: 'sets/beside', kind: 'link', size: 0, target: 'all/../first' },
  { path: 'sets/top', kind: 'link', size: 0, target: '..' },
  { path: 'nowhere', kind: 'link', size: 0, target: 'images/gone' },
  { path: 'round', kind: 'link', size: 0, target: 'round' },
];
const find = async (path: string) => entries.find((entry) => entry.path === path);

test.each([
  ['a file', 'images/deep/a.png', 'images/deep/a.png'],
  ['a link', 'images/first', 'images/deep/a.png'],
  ['a link to a link', 'images/twice', 'images/deep/a.png'],
  ['a link to a folder', 'sets/all', 'images/deep'],
  ['a file behind the link of a folder', 'sets/all/a.png', 'images/deep/a.png'],
  ['a way out of the folder that a link leads to', 'sets/beside', 'images/deep/a.png'],
  ['the top', 'sets/top', ''],
])('%s is found', async (_, path, found) => {
  expect((await followLinks(path, find))?.path).toBe(found);
});

test.each(['nowhere', 'round', 'gone', 'images/gone', 'images/deep/a.png/x'])(
  '%s leads nowhere',
  async (path) => {
    expect(await followLinks(path, find)).toBeUndefined();
  },
);
