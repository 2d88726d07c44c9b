import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths, type Entry, type FileEntry } from '../entry.ts';
import { arbitraryEntries } from '../testing/arbitraries.ts';
import { control, temporaryLake, writeManifest } from '../testing/lake.ts';
import { Chooser, chosenMost } from './choose.ts';
import { Counter } from './count.ts';
import { surveyVersion } from './survey.ts';

const file = (path: string, size = 1): FileEntry => ({
  ...{ kind: 'file', path, size, executable: false, mtime: 0, sha256: '0'.repeat(64), parts: [] },
});

function count(entries: readonly Entry[]) {
  const counter = new Counter();
  for (const entry of [...entries].sort((a, b) => comparePaths(a.path, b.path))) counter.add(entry);
  return counter.finish();
}

test('types and sizes add up to all files and bytes', () => {
  fc.assert(
    fc.property(arbitraryEntries, (entries) => {
      const counts = count(entries);
      const files = entries.filter((entry) => entry.kind === 'file');
      const bytes = files.reduce((sum, { size }) => sum + size, 0);
      expect([counts.files, counts.bytes]).toEqual([files.length, bytes]);
      const sum = (rows: readonly { files: number; bytes: number }[]) => [
        rows.reduce((all, row) => all + row.files, 0),
        rows.reduce((all, row) => all + row.bytes, 0),
      ];
      expect(sum(counts.types)).toEqual([files.length, bytes]);
      expect(sum(counts.sizes)).toEqual([files.length - counts.empty, bytes]);
      for (const { from, to, files: some, bytes: much } of counts.sizes) {
        expect(much).toBeGreaterThanOrEqual(from * some);
        expect(much).toBeLessThanOrEqual((to - 1) * some);
      }
    }),
  );
});

test('the folders that are shown are those of the first level that has several', () => {
  const top = (...paths: string[]) => count(paths.map((path) => file(path))).top.map(({ path }) => path);
  expect(top('data/images/a/1.png', 'data/images/b/2.png', 'README.md')).toEqual([
    'data/images/a',
    'data/images/b',
  ]);
  expect(top('a/1', 'b/c/2')).toEqual(['a', 'b']);
  expect(top('data/1', 'data/a/2')).toEqual(['data']);
  expect(top('1', '2')).toEqual([]);
});

test('every folder is counted once: what holds only folders, what is empty, and beyond what is told by folder', () => {
  fc.assert(
    fc.property(arbitraryEntries, (entries) => {
      const folders = new Set(entries.filter(({ kind }) => kind === 'folder').map(({ path }) => path));
      for (const { path } of entries) {
        for (let at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1))
          folders.add(path.slice(0, at));
      }
      expect(count(entries).folders).toBe(folders.size);
    }),
  );
  const many = Array.from({ length: 60_000 }, (_, nth) => `data/${nth}`);
  // Files of one folder don't come one after the other where it holds folders too.
  const counts = count(many.flatMap((folder) => ['/1', '/a/2', '/b'].map((name) => file(folder + name))));
  expect(counts.folders).toBe(120_001);
  expect([counts.top, counts.classes]).toEqual([[], null]);
});

test('folders with files beside each other are classes, the same ones in train and in test', () => {
  const paths = ['train/cat/1', 'train/cat/2', 'train/dog/3', 'test/cat/4', 'test/dog/5', 'labels.csv'];
  expect(count(paths.map((path) => file(path, 10))).classes).toEqual({
    folders: ['train', 'test'],
    items: [
      { name: 'cat', perFolder: [2, 1], files: 3, bytes: 30 },
      { name: 'dog', perFolder: [1, 1], files: 2, bytes: 20 },
    ],
  });
  expect(count(['cat/1', 'dog/2'].map((path) => file(path))).classes?.folders).toEqual(['']);
});

test('folders of which some have folders in them, or that are one alone, are no classes', () => {
  expect(count(['a/b/1', 'a/c/d/2'].map((path) => file(path))).classes).toBeNull();
  const beside = ['notes/1', 'large/2', 'train/cat/3', 'train/dog/4'];
  expect(count(beside.map((path) => file(path))).classes?.folders).toEqual(['train']);
  expect(count(['images/1', 'images/2'].map((path) => file(path))).classes).toBeNull();
});

function choose(files: readonly FileEntry[]) {
  const chooser = new Chooser();
  for (const each of files) chooser.add(each);
  return chooser.finish();
}

const pictures = (folder: string, count: number) =>
  Array.from({ length: count }, (_, nth) => file(`${folder}/${nth}.png`));

test('a sample has pictures of every class, however few there are of one', () => {
  const chosen = choose([...pictures('many', 5000), ...pictures('few', 3), ...pictures('one', 1)]);
  expect(chosen.pictures).toBe(5004);
  expect(chosen.images).toHaveLength(chosenMost.images);
  expect(chosen.grid).toHaveLength(chosenMost.grid);
  const folders = chosen.grid.map(({ path }) => path.split('/')[0]);
  expect(folders.slice(0, 3).sort()).toEqual(['few', 'many', 'one']);
  expect(folders.filter((name) => name === 'few')).toHaveLength(3);
});

test('a choice is the same in whichever order files come, and hardly another when some are added', () => {
  const files = pictures('many', 4000);
  const paths = (all: readonly FileEntry[]) => choose(all).images.map(({ path }) => path);
  expect(paths([...files].reverse())).toEqual(paths(files));
  const more = new Set(paths([...files, ...pictures('more', 40)]));
  expect(paths(files).filter((path) => more.has(path)).length).toBeGreaterThan(chosenMost.images - 20);
});

test('a choice is spread over the whole version', () => {
  const numbers = choose(pictures('many', 100_000)).images.map(({ path }) => Number(path.match(/\d+/)?.[0]));
  const tenths = Array.from(
    { length: 10 },
    (_, nth) => numbers.filter((at) => Math.floor(at / 10_000) === nth).length,
  );
  expect(Math.min(...tenths)).toBeGreaterThan(8);
});

test('a survey reads every entry once, says how far it is, and stops when it is told to', async () => {
  const lake = await temporaryLake();
  const entries = pictures('many', 3000).sort((a, b) => comparePaths(a.path, b.path));
  const { name } = await writeManifest(lake, 'd', entries);
  const told: number[] = [];
  const report = ({ files }: { files: number }) => told.push(files);
  const request = { lake, datasetId: 'd', root: name, files: 3000 };
  const { counts, index } = await surveyVersion(request, { ...control(), report });
  expect([counts.files, index?.count, told.at(-1)]).toEqual([3000, 3000, 3000]);
  expect(told.length).toBeGreaterThan(5);
  const abort = new AbortController();
  abort.abort();
  await expect(surveyVersion(request, control(abort.signal))).rejects.toThrow();
});
