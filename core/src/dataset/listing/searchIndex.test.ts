import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileType } from '../../api/fileType.ts';
import type { FileSort } from '../../api/schemas.ts';
import type { Entry } from '../entry.ts';
import { arbitraryEntries } from '../testing/arbitraries.ts';
import { searchIndex } from './searchIndex.ts';
import { entryAt, fold, VersionIndexBuilder } from './versionIndex.ts';

function indexOf(entries: Entry[]) {
  const builder = new VersionIndexBuilder();
  for (let at = 0; at < entries.length; at += 7) builder.add(entries.slice(at, at + 7));
  return builder.finish();
}

function found(entries: Entry[], prefix: string, search: string, sort: FileSort = 'name'): string[] {
  const index = indexOf(entries);
  return Array.from(searchIndex(index, { prefix, search, sort }), (row) => entryAt(index, row).path);
}

test('a search finds what going through every path finds', () => {
  fc.assert(
    fc.property(arbitraryEntries, fc.context(), (entries, context) => {
      const nested = entries.find(({ path }) => path.includes('/'))?.path ?? '';
      const folders = ['', nested.slice(0, nested.indexOf('/') + 1)];
      const texts = entries.flatMap(({ path }) => {
        const letters = [...path];
        return [letters.slice(0, 2), letters.slice(-3), letters.slice(0, 1)].map((some) => some.join(''));
      });
      for (const prefix of folders) {
        for (const text of ['', ...texts.slice(0, 12)]) {
          const words = fold(text).split(/\s+/).filter(Boolean);
          const expected = entries
            .map(({ path }) => path)
            .filter((path) => path.startsWith(prefix))
            .filter((path) => words.every((word) => fold(path).slice(fold(prefix).length).includes(word)));
          context.log(JSON.stringify({ prefix, text }));
          expect(found(entries, prefix, text)).toEqual(expected);
        }
      }
    }),
    { numRuns: 200 },
  );
});

const files = ['a/Cafe\u0301.txt', 'a/b/CAFÉ', 'b/z.png', 'b/😀x.PNG', 'c.png'].map(
  (path, at): Entry => ({
    kind: 'file',
    path,
    size: (at * 7) % 5,
    executable: false,
    mtime: 1_700_000_000_000 - at * 1000,
    sha256: '0'.repeat(64),
    parts: [],
  }),
);
const paths = files.map(({ path }) => path);

test('case and normal form make no difference, and all words must be there', () => {
  expect(found(files, '', 'café')).toEqual(paths.slice(0, 2));
  expect(found(files, 'a/b/', 'café')).toEqual([paths[1]]);
  expect(found(files, '', 'png b')).toEqual(paths.slice(2, 4));
  expect(found(files, 'b/', 'b')).toEqual([]);
  expect(found(files, '', '😀')).toEqual([paths[3]]);
});

test('what is found is sorted by what was asked for', () => {
  const size = (path: string) => (paths.indexOf(path) * 7) % 5;
  expect(found(files, '', '', 'size').map(size)).toEqual([0, 1, 2, 3, 4]);
  expect(found(files, '', '', '-size').map(size)).toEqual([4, 3, 2, 1, 0]);
  expect(found(files, '', '', 'modified')).toEqual([...paths].reverse());
  expect(found(files, '', '', '-name')).toEqual([...paths].reverse());
  expect(found(files, '', '', 'type').map(fileType)).toEqual(['', 'png', 'png', 'png', 'txt']);
});
