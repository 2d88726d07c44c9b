import fc from 'fast-check';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { ComparedVersion } from '../../dataset/diff/differences.ts';
import { compareFolders } from '../../dataset/diff/folders.ts';
import { comparePaths, type Entry } from '../../dataset/entry.ts';
import { arbitraryEntries } from '../../dataset/testing/arbitraries.ts';
import { changedLake, temporaryLake, writeManifest } from '../../dataset/testing/lake.ts';
import type { Lake } from '../../lake/lake.ts';
import { comparisonOf } from './comparisons.ts';
import { summaryOf } from './summary.ts';

async function version(lake: Lake, number: number, entries: Entry[]): Promise<ComparedVersion> {
  const { name, root } = await writeManifest(lake, 'd', entries);
  const record = { version: number, digest: root.digest, root: name, changes: null, parents: [] };
  return { lake, datasetId: 'd', version: record as never };
}

/** Of who stays. */
const here = new AbortController().signal;

const file = (path: string, letter: string, size = 10): Entry => ({
  ...{ kind: 'file', path, size, executable: false, mtime: 0, parts: [] },
  sha256: letter.repeat(64),
});

test('pages of what differs, put together, are all of it, once; asked again nothing is compared anew', async () => {
  const lake = await temporaryLake();
  await fc.assert(
    fc.asyncProperty(arbitraryEntries, arbitraryEntries, async (before, after) => {
      const [from, to] = [await version(lake, 1, before), await version(lake, 2, after)];
      const comparison = comparisonOf(from, to);
      expect(comparisonOf(from, to)).toBe(comparison);
      const views = await comparison.views(here);
      const query = { folder: null, kinds: [], search: '' };
      const paths: string[] = [];
      for (let offset = 0; ; offset += 7) {
        const { items, total } = views.entries({ ...query, offset, limit: 7 });
        paths.push(...items.map(({ path }) => path));
        if (offset + 7 < total) continue;
        expect(paths).toHaveLength(total);
        break;
      }
      expect(new Set(paths).size).toBe(paths.length);
      expect(paths).toEqual(paths.toSorted(comparePaths));
      const { counts } = summaryOf(await comparison.done);
      expect(counts.added + counts.changed + counts.removed + counts.moved).toBe(paths.length);
    }),
    { numRuns: 25 },
  );
});

test('a summary says how much was added, changed, removed and moved', async () => {
  const lake = await temporaryLake();
  const from = await version(lake, 1, [file('a', 'a'), file('b', 'b'), file('c', 'c', 30)]);
  const to = await version(lake, 2, [file('b', 'e', 12), file('d', 'd', 5), file('z/a', 'a')]);
  expect(summaryOf(await comparisonOf(from, to).done)).toMatchObject({
    counts: { added: 1, changed: 1, removed: 1, moved: 1 },
    bytes: { added: 5, removed: 30, moved: 10, changed: { before: 10, after: 12 } },
    beyond: 0,
  });
});

test('the folders that are compared are those that hold most, unless others are asked for', async () => {
  const lake = await temporaryLake();
  const many = (folder: string, count: number) =>
    Array.from({ length: count }, (_, nth) => file(`images/${folder}/${nth + 10}`, 'a'));
  const from = await version(lake, 1, [file('README', 'e'), ...many('cat', 20), ...many('dog', 15)]);
  const to = await version(lake, 2, [file('README', 'e'), ...many('cat', 20), ...many('fox', 5)]);
  const amount = (files: number) => ({ files, bytes: files * 10 });
  expect(await compareFolders(from, to, '')).toEqual({
    folder: 'images',
    items: [
      { path: 'images/cat', before: amount(20), after: amount(20) },
      { path: 'images/dog', before: amount(15), after: amount(0) },
      { path: 'images/fox', before: amount(0), after: amount(5) },
    ],
  });
  expect((await compareFolders(from, to, '/')).items.map(({ path }) => path)).toEqual(['images']);
});

test('a comparison that nobody waits for any more is given up, one that somebody waits for is not', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const lake = await temporaryLake();
  const opened = Promise.withResolvers<void>();
  const slow = changedLake(lake, {
    get: async (key, options) => {
      await opened.promise;
      options?.signal?.throwIfAborted();
      return lake.get(key, options);
    },
  });
  const of = async (letter: string) => ({ ...(await version(lake, 1, [file(letter, letter)])), lake: slow });
  const [one, two, three] = await Promise.all([of('a'), of('b'), of('c')]);
  const page = new AbortController();
  const left = comparisonOf(one, two).views(page.signal);
  const awaited = comparisonOf(one, three).whole(here);
  const failed = expect(left).rejects.toThrow();
  page.abort();
  await vi.advanceTimersByTimeAsync(60_000);
  // Whoever comes back has it compared anew.
  const again = comparisonOf(one, two).whole(here);
  opened.resolve();
  await failed;
  expect((await awaited).table.length).toBe(2);
  expect((await again).table.length).toBe(2);
});
