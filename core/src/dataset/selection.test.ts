import fc from 'fast-check';
import ignore from 'ignore';
import { expect, test } from 'vitest';
import { selectionOf } from '../api/selection.ts';
import type { Entry } from './entry.ts';
import { randomName } from './names.ts';
import { commonPrefix, measureSelection, partHash, readSelected, selecting } from './selection.ts';
import { arbitraryEntries } from './testing/arbitraries.ts';
import { collect, temporaryLake, writeManifest } from './testing/lake.ts';

const selects = (include: string[], path: string, exclude: string[] = []) =>
  selecting({ include, exclude })({ path, kind: 'file' });

test.each([
  ['images', 'images/a.png', true],
  ['images', 'old/images/a.png', true],
  ['/images', 'old/images/a.png', false],
  ['images/', 'images/a.png', true],
  ['images/', 'images', false],
  ['images/**', 'images/a/b.png', true],
  ['images/**', 'old/images/a.png', false],
  ['images/*.png', 'images/a.png', true],
  ['images/*.png', 'images/a/b.png', false],
  ['images/00*', 'images/001/b.png', true],
  ['*.png', 'a/b/c.png', true],
  ['*.png', '.hidden.png', true],
  ['/*.png', 'a/c.png', false],
  ['**/x/*.txt', 'x/a.txt', true],
  ['a/**/z', 'a/z', true],
  ['{train,val}/0?.jpg', 'val/07.jpg', true],
  ['{train,val}/0?.jpg', 'test/07.jpg', false],
  ['{a,b/c}', 'x/a', true],
  ['{a,b/c}', 'x/b/c', false],
  ['[!a]b', 'cb', true],
  ['img (1).png', 'img (1).png', true],
  ['#x', '#x', true],
  ['a?', 'a😀', true],
  ['*.PNG', 'a.png', false],
  ['a\\*b', 'a*b', true],
  ['a\\*b', 'axb', false],
])('%j selects %j: %j', (glob, path, expected) => expect(selects([glob], path)).toBe(expected));

test('what is excluded is left out of what is included; without an include, of everything', () => {
  expect(selects(['a/**'], 'a/b.tmp', ['*.tmp'])).toBe(false);
  expect(selects([], 'a/b', ['*.tmp'])).toBe(true);
  expect(selects([], 'a/b.tmp', ['*.tmp'])).toBe(false);
});

test('a folder that a version has because it is empty is selected by its name', () => {
  const folders = selecting({ include: ['empty/'], exclude: [] });
  expect(folders({ path: 'empty', kind: 'folder' })).toBe(true);
  expect(folders({ path: 'empty', kind: 'file' })).toBe(false);
});

test('braces that expand without end are refused', () => {
  expect(() => selects(['{1..100000}'], 'a')).toThrow('alternatives');
});

const step = fc.constantFrom('a', 'b', 'ab', '.a', 'a.png', 'x y');
const path = fc.array(step, { minLength: 1, maxLength: 4 }).map((steps) => steps.join('/'));
const globStep = fc.constantFrom('a', 'b', '*', '?', 'a*', '*.png', '**', '[ab]', '.a', 'x\\ y');
const glob = fc
  .tuple(
    fc.constantFrom('', '/'),
    fc.array(globStep, { minLength: 1, maxLength: 3 }),
    fc.constantFrom('', '/'),
  )
  .map(([head, steps, tail]) => `${head}${steps.join('/')}${tail}`);

test('globs select what the same lines in a .gitignore would ignore', () => {
  fc.assert(
    fc.property(fc.array(glob, { minLength: 1, maxLength: 3 }), path, (globs, file) => {
      const git = ignore({ ignorecase: false }).add(globs);
      expect(selecting({ include: globs, exclude: [] })({ path: file, kind: 'file' })).toBe(
        git.ignores(file),
      );
    }),
    { numRuns: 3000 },
  );
});

test('equal selections have equal hashes, others others', () => {
  const one = selectionOf({ include: ['b', 'a'], exclude: ['c'] });
  const same = selectionOf({ exclude: ['c', 'c'], include: ['./a', 'b'] });
  const other = selectionOf({ include: ['a', 'b'] });
  if (!one || !same || !other) throw new Error('all are parts');
  expect(partHash(one)).toBe(partHash(same));
  expect(partHash(one)).toBe('51826d0c');
  expect(partHash(one)).not.toBe(partHash(other));
});

test('what all selected paths begin with is found', () => {
  const prefix = (...include: string[]) => commonPrefix({ include, exclude: [] });
  expect(prefix('images/00*')).toBe('images/00');
  expect(prefix('a/b/**', 'a/c.txt')).toBe('a/');
  expect(prefix('a/{b,bc}/*')).toBe('a/b');
  expect([prefix(), prefix('*.png'), prefix('a/*', 'b/*'), prefix('a'), prefix('/a*')]).toEqual([
    '',
    '',
    '',
    '',
    'a',
  ]);
});

test('reading the selected entries of a version gives exactly those that are selected', async () => {
  const lake = await temporaryLake();
  const dataset = randomName();
  const some = (entries: Entry[]) =>
    fc.subarray(
      entries.map((entry) => `/${entry.path.replaceAll(/[\\*?[\]{}!]/g, '\\$&')}`),
      { maxLength: Math.min(3, entries.length) },
    );
  await fc.assert(
    fc.asyncProperty(
      arbitraryEntries.chain((entries) => fc.tuple(fc.constant(entries), some(entries), some(entries))),
      async ([entries, include, exclude]) => {
        const { name } = await writeManifest(lake, dataset, entries);
        const selection = { include, exclude };
        const expected = entries.filter(selecting(selection));
        const found = await collect(readSelected(lake, dataset, name, selection));
        expect(found.map((entry) => entry.path)).toEqual(expected.map((entry) => entry.path));
        const size = await measureSelection(lake, dataset, name, selection);
        const files = expected.filter((entry) => entry.kind === 'file');
        expect(size).toEqual({
          entries: expected.length,
          files: files.length,
          bytes: files.reduce((sum, file) => sum + file.size, 0),
        });
        // Each is selected by its own name, escaped.
        if (exclude.length === 0 && include.length > 0)
          expect(size.entries).toBeGreaterThanOrEqual(include.length);
      },
    ),
    { numRuns: 60 },
  );
});
