import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths } from '../entry.ts';
import { pauser } from '../scan/pause.ts';
import { arbitraryPath } from '../testing/arbitraries.ts';
import type { Difference, Side } from './difference.ts';
import { findMoves } from './moves.ts';
import { type ChangeRow, DiffTable } from './table.ts';
import { changesByType } from './tally.ts';
import { countRows, filterRows, folderRow, viewFolder } from './view.ts';

const side: fc.Arbitrary<Side> = fc.record({
  kind: fc.constantFrom('file' as const, 'file' as const, 'link' as const),
  size: fc.integer({ min: 0, max: 3 }),
  executable: fc.boolean(),
  // Few contents, so that many files have the same.
  content: fc.constantFrom('a', 'b', 'c').map((letter) => `sha256:${letter.repeat(64)}`),
});

const arbitraryDifferences = fc
  .uniqueArray(
    fc.oneof(
      fc.record({ path: arbitraryPath, before: side, after: fc.constant(undefined) }),
      fc.record({ path: arbitraryPath, before: fc.constant(undefined), after: side }),
      fc.record({ path: arbitraryPath, before: side, after: side }),
    ),
    { selector: ({ path }) => path, maxLength: 60 },
  )
  .map((all): Difference[] => all.sort((a, b) => comparePaths(a.path, b.path)));

async function tableOf(differences: Difference[], moves = true): Promise<DiffTable> {
  const table = new DiffTable();
  for (const difference of differences) table.add(difference);
  if (moves) await findMoves(table);
  table.seal();
  return table;
}

const all = { kinds: [], search: '' };
const rowsOf = (table: DiffTable) => Array.from(filterRows(table, all), (row) => table.row(row));

test('a table gives back what was put into it', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryDifferences, async (differences) => {
      const table = await tableOf(differences, false);
      const brief = (some: Side | undefined) =>
        some && { kind: some.kind, size: some.size, executable: some.executable };
      expect(rowsOf(table)).toEqual(
        differences.map(({ path, before, after }) => ({
          path,
          is: !before ? 'added' : !after ? 'removed' : 'changed',
          from: undefined,
          before: brief(before),
          after: brief(after),
        })),
      );
      for (const [row, { path }] of differences.entries()) expect(table.find(path)).toBe(row);
      expect(table.find('no/such path')).toBe(-1);
    }),
  );
});

test('a move pairs a removed file with an added one of the same content, as many as there are', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryDifferences, async (differences) => {
      const rows = rowsOf(await tableOf(differences));
      const byPath = new Map(differences.map((difference) => [difference.path, difference]));
      const moved = rows.filter(({ is }) => is === 'moved');
      for (const { path, from } of moved) {
        const [old, now] = [byPath.get(from ?? ''), byPath.get(path)];
        expect(old?.after).toBeUndefined();
        expect(now?.before).toBeUndefined();
        expect(now?.after?.content).toBe(old?.before?.content);
      }
      const froms = moved.map(({ from }) => from);
      expect(new Set(froms).size).toBe(froms.length);
      let expected = 0;
      for (const letter of 'abc') {
        const content = `sha256:${letter.repeat(64)}`;
        const is = (each: Side | undefined) =>
          each?.kind === 'file' && each.size > 0 && each.content === content;
        // A removed file that isn't empty; an added one with the same hash is as long.
        const gone = differences.filter(({ before, after }) => !after && is(before)).length;
        const came = differences.filter(
          ({ before, after }) => !before && after?.kind === 'file' && after.content === content,
        ).length;
        expected += Math.min(gone, came);
      }
      expect(moved).toHaveLength(expected);
      // Nothing else is lost or told twice.
      expect(rows.length + moved.length).toBe(differences.length);
    }),
  );
});

test('of files with one content those with the same name are the pair', async () => {
  const one = { kind: 'file' as const, size: 1, executable: false, content: 'sha256:'.padEnd(71, 'a') };
  const gone = (path: string) => ({ path, before: one, after: undefined });
  const came = (path: string) => ({ path, before: undefined, after: one });
  const table = await tableOf([gone('a/1'), gone('a/2'), came('b/2'), came('b/9'), came('c/3')]);
  const moves = rowsOf(table).map(({ is, path, from }) => [is, path, from]);
  expect(moves).toEqual([
    ['moved', 'b/2', 'a/2'],
    ['moved', 'b/9', 'a/1'],
    ['added', 'c/3', undefined],
  ]);
});

test('many files of one name and one content are paired in time that grows with them, others waiting 10 ms at a time', async () => {
  const one = { kind: 'file' as const, size: 1, executable: false, content: 'sha256:'.padEnd(71, 'a') };
  const names = Array.from({ length: 60_000 }, (_, nth) => `${nth + 100_000}/__init__.py`);
  const table = new DiffTable();
  for (const name of names) table.add({ path: `a/${name}`, before: one, after: undefined });
  for (const name of names) table.add({ path: `b/${name}`, before: undefined, after: one });
  let [last, longest] = [performance.now(), 0];
  const look = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const timer = setInterval(look, 1);
  await findMoves(table, pauser(new AbortController().signal, undefined, 10));
  look();
  clearInterval(timer);
  expect(longest).toBeLessThan(2000);
  expect(rowsOf(table).map(({ path, from }) => [path, from])).toEqual(
    names.map((name) => [`b/${name}`, `a/${name}`]),
  );
});

/** A folder's view by its definition. */
function expectedView(rows: ChangeRow[], prefix: string) {
  const below = rows.filter(({ path }) => path.startsWith(prefix));
  const isDeep = ({ path }: ChangeRow) => path.includes('/', prefix.length);
  const folders = new Set(
    below.filter(isDeep).map(({ path }) => path.slice(0, path.indexOf('/', prefix.length))),
  );
  return {
    folders: [...folders].map((path) => {
      const inside = below.filter((row) => row.path.startsWith(`${path}/`));
      const count = (kind: string) => inside.filter(({ is }) => is === kind).length;
      const sum = (side: 'before' | 'after') =>
        inside.reduce((bytes, row) => bytes + (row[side]?.size ?? 0), 0);
      return {
        path,
        counts: {
          added: count('added'),
          changed: count('changed'),
          removed: count('removed'),
          moved: count('moved'),
        },
        after: sum('after'),
      };
    }),
    files: below.filter((row) => !isDeep(row)).map(({ path }) => path),
  };
}

test('a folder shows its sub-folders with their counts, then its files, whatever is filtered', async () => {
  const kinds = fc.subarray(['added', 'changed', 'removed', 'moved'] as const);
  await fc.assert(
    fc.asyncProperty(
      arbitraryDifferences,
      kinds,
      fc.constantFrom('', 'é', 'a'),
      async (differences, some, search) => {
        const table = await tableOf(differences);
        const rows = filterRows(table, { kinds: some, search });
        const has = (text: string | undefined) =>
          text?.normalize('NFC').toLowerCase().includes(search) ?? false;
        const shown = rowsOf(table).filter(
          ({ is, path, from }) =>
            (some.length === 0 || (some as string[]).includes(is)) &&
            (search === '' || has(path) || has(from)),
        );
        expect(Array.from(rows, (row) => table.path(row))).toEqual(shown.map(({ path }) => path));
        const prefixes = new Set(['', ...shown.flatMap(({ path }) => foldersOf(path))]);
        for (const prefix of prefixes) {
          const { folders, files } = viewFolder(table, rows, prefix);
          const found = Array.from({ length: folders.length / 2 }, (_, nth) =>
            folderRow(table, rows, prefix, [folders[nth * 2] as number, folders[nth * 2 + 1] as number]),
          );
          const expected = expectedView(shown, prefix);
          expect(found.map(({ path, counts, bytes }) => ({ path, counts, after: bytes.after }))).toEqual(
            expected.folders,
          );
          expect(Array.from(files, (at) => table.path(rows[at] as number))).toEqual(expected.files);
        }
        const { counts } = countRows(table, rows);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(shown.length);
      },
    ),
  );
});

const foldersOf = (path: string) => [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index + 1));

test('types count what differs, without moves', async () => {
  const file = (size: number, letter: string): Side => ({
    ...{ kind: 'file', size, executable: false },
    content: `sha256:${letter.repeat(64)}`,
  });
  const table = await tableOf([
    { path: 'a/1.png', before: file(10, 'a'), after: undefined },
    { path: 'a/2.PNG', before: file(5, 'b'), after: file(7, 'c') },
    { path: 'b/1.png', before: undefined, after: file(10, 'a') },
    { path: 'README', before: undefined, after: file(1, 'd') },
  ]);
  expect(changesByType(table)).toEqual([
    { type: 'png', before: { files: 1, bytes: 5 }, after: { files: 1, bytes: 7 } },
    { type: '', before: { files: 0, bytes: 0 }, after: { files: 1, bytes: 1 } },
  ]);
});
