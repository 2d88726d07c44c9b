import { ForebayError } from '@forebay/core/api/errors';
import type { WorkingCopyStatus } from '@forebay/core/api/schemas';
import { beforeEach, expect, test } from 'vitest';
import { FolderStatuses, type StatusItem } from './FolderStatuses.ts';
import { markOf } from './mark.ts';

const changed = (name: string, count = 1): StatusItem => ({ name, is: 'changed', count });
const inFolders: Record<string, StatusItem[]> = {
  '/w/scans': [changed('images', 2), { name: 'tmp', is: 'ignored', count: 0 }],
  '/w/scans/images': [changed('a.png'), changed('b.png')],
  '/w/scans/masks': [],
};
let read: string[];
let statuses: FolderStatuses;

beforeEach(() => {
  read = [];
  statuses = new FolderStatuses(async (folder) => {
    read.push(folder);
    const items = inFolders[folder];
    if (!items) throw new ForebayError('not-a-working-copy', 'It is none.');
    const counts = { added: 0, changed: 2, removed: 0 };
    const status: WorkingCopyStatus = {
      folder: '/w/scans',
      dataset: 'scans',
      base: 1,
      large: false,
      newest: null,
      ...counts,
      items,
    };
    return status;
  });
});

test('a file and the folder that holds it have what became of them', async () => {
  expect(await statuses.itemOf('/w/scans/images', '/w')).toEqual(changed('images', 2));
  expect(await statuses.itemOf('/w/scans/images/a.png', '/w')).toEqual(changed('a.png'));
  expect(await statuses.itemOf('/w/scans/labels.csv', '/w')).toBeUndefined();
  expect(statuses.found).toBe(true);
});

test('a folder in which nothing differs, or that is ignored, is not looked at', async () => {
  await statuses.itemOf('/w/scans/masks/a.png', '/w');
  await statuses.itemOf('/w/scans/masks/deep/a.png', '/w');
  await statuses.itemOf('/w/scans/tmp/a.png', '/w');
  expect(read).toEqual(['/w', '/w/scans']);
});

test('many files of a folder are one look, until something changes', async () => {
  await Promise.all(['a', 'b', 'c'].map((name) => statuses.itemOf(`/w/scans/${name}`, '/w/scans')));
  expect(read).toEqual(['/w/scans']);
  statuses.forget();
  await statuses.itemOf('/w/scans/a', '/w/scans');
  expect(read).toEqual(['/w/scans', '/w/scans']);
});

test('nothing above the folder of the workspace is looked at', async () => {
  expect(await statuses.itemOf('/w', '/w')).toBeUndefined();
  expect(read).toEqual([]);
  expect(statuses.found).toBe(false);
});

test('a mark has two letters at most, and its title says all', () => {
  expect(markOf(changed('a'))).toEqual({ badge: 'M', title: 'Changed since the version' });
  expect(markOf(changed('a', 12))).toEqual({ badge: '12', title: 'Changed since the version: 12 paths' });
  expect(markOf(changed('a', 1200)).badge).toBe('●');
});
