import { expect, test } from 'vitest';
import { decodeRecorded, encodeRecorded, isRacy } from '../scan/recorded.ts';
import { type Found, Tree } from '../scan/tree.ts';
import { sha256 } from '../testing/lake.ts';
import { compareToRecorded, Digests } from './compare.ts';

const scanned = 1_700_000_000_000;
const file = (path: string, more: Partial<Found> = {}): Found => ({
  path,
  kind: 'file',
  size: 10,
  executable: false,
  mtime: scanned - 5000.5,
  ctime: scanned - 4000.25,
  inode: 2 ** 40 + 1,
  target: '',
  ...more,
});

function tree(...found: Found[]): Tree {
  const made = new Tree();
  for (const each of found) made.add(each);
  return made;
}

const before = tree(
  file('a'),
  file('b'),
  file('c'),
  file('d'),
  file('empty', { kind: 'folder', size: 0 }),
  file('é\n', {}),
);
const digests = new Digests(before.length);
for (let at = 0; at < before.length; at++) if (before.kind(at) === 'file') digests.set(at, sha256());

const recorded = (of = before) =>
  decodeRecorded(encodeRecorded({ version: 3, digest: 'sha256:x' }, of, digests.buffer, scanned));

test('a file whose stats are as they were is not read again', () => {
  const comparison = compareToRecorded(before, recorded());
  expect(comparison).toMatchObject({ toRead: [], same: true });
  expect(comparison.digests.get(5)).toBe(digests.get(5));
  expect(recorded()).toMatchObject({ version: 3, digest: 'sha256:x', length: 6 });
});

test.each([{ size: 11 }, { mtime: scanned - 5000 }, { ctime: scanned - 4000 }, { inode: 5 }])(
  'a file with another %j is read',
  (change) => {
    const after = tree(
      file('a'),
      file('b', change),
      file('c'),
      file('d'),
      file('empty', { kind: 'folder', size: 0 }),
      file('é\n'),
    );
    expect(compareToRecorded(after, recorded())).toMatchObject({ toRead: [1], same: false });
  },
);

test('files that came or went are noticed', () => {
  const after = tree(file('a'), file('aa'), file('c'), file('zero', { size: 0 }));
  const comparison = compareToRecorded(after, recorded());
  expect(comparison).toMatchObject({ toRead: [1], same: false });
  expect(comparison.digests.get(2)).toBe(digests.get(2));
  expect(comparison.digests.get(3)).toMatch(/^e3b0c442/);
  const fewer = tree(file('a'), file('b'));
  expect(compareToRecorded(fewer, recorded()).same).toBe(false);
});

test('a file that changed just before it was scanned is read again: it may have changed once more', () => {
  const young = tree(file('a', { ctime: scanned - 10.5 }), ...[1, 2, 3, 4, 5].map((at) => before.at(at)));
  expect(compareToRecorded(young, recorded(young))).toMatchObject({ toRead: [0], same: false });
  expect(isRacy(scanned - 1000, scanned)).toBe(true);
  expect(isRacy(scanned - 1000.5, scanned)).toBe(false);
});

test('without an index, or with a damaged one, every file is read', () => {
  expect(compareToRecorded(before, undefined).toRead).toEqual([0, 1, 2, 3, 5]);
  const bytes = encodeRecorded({ version: 1, digest: '' }, before, digests.buffer, scanned);
  expect(decodeRecorded(bytes.subarray(0, -4))).toBeUndefined();
});
