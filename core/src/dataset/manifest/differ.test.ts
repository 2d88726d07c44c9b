import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Lake } from '../../lake/lake.ts';
import { diffVersions } from '../diff.ts';
import { canonicalEntry, comparePaths, type Entry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import { arbitraryEntries } from '../testing/arbitraries.ts';
import { changedLake, sha256, temporaryLake, writeManifest } from '../testing/lake.ts';

async function version(lake: Lake, number: number, entries: Entry[]): Promise<VersionRecord> {
  const { name, root } = await writeManifest(lake, 'd', entries);
  return { version: number, digest: root.digest, root: name, changes: null, parents: [] } as never;
}

/** The diff by its definition, from the two whole trees. */
function expected(before: Entry[], after: Entry[]) {
  const byPath = (entries: Entry[]) => new Map(entries.map((entry) => [entry.path, entry]));
  const [old, now] = [byPath(before), byPath(after)];
  const brief = (entry: Entry) => ({ path: entry.path, size: entry.kind === 'file' ? entry.size : 0 });
  return {
    added: after.filter(({ path }) => !old.has(path)).map(brief),
    changed: after
      .filter((entry) => {
        const former = old.get(entry.path);
        return former && canonicalEntry(former) !== canonicalEntry(entry);
      })
      .map(brief),
    removed: before.filter(({ path }) => !now.has(path)).map(brief),
  };
}

test('a diff is the difference of the two trees', async () => {
  const lake = await temporaryLake();
  await fc.assert(
    fc.asyncProperty(arbitraryEntries, arbitraryEntries, fc.array(fc.nat(3)), async (some, other, keep) => {
      const mixed = [...some.filter((_, i) => keep[i % keep.length || 0] !== 0), ...other];
      const paths = new Map(mixed.map((entry) => [entry.path, entry]));
      const after = [...paths.values()].sort((a, b) => comparePaths(a.path, b.path));
      const [from, to] = [await version(lake, 1, some), await version(lake, 2, after)];
      expect(await diffVersions(lake, 'd', from, to)).toEqual(expected(some, after));
      expect((await diffVersions(lake, 'd', null, to)).added).toHaveLength(after.length);
    }),
    { numRuns: 40 },
  );
});

test('of large versions reads only the pages that differ', async () => {
  const lake = await temporaryLake();
  const entries: Entry[] = Array.from({ length: 30_000 }, (_, i) => ({
    kind: 'file' as const,
    path: `f${i}`,
    size: 1,
    executable: false,
    mtime: 0,
    sha256: sha256(),
    parts: [],
  })).sort((a, b) => comparePaths(a.path, b.path));
  const after = entries
    .filter((_, i) => i !== 7000)
    .map((entry, i) => (i % 10_000 === 5 ? { ...entry, size: 2 } : entry));
  const [from, to] = [await version(lake, 1, entries), await version(lake, 7, after)];
  const tiny = await version(lake, 9, entries.slice(0, 10));
  let bytes = 0;
  const counting = changedLake(lake, {
    get: async (...args) => {
      const got = await lake.get(...args);
      bytes += got?.length ?? 0;
      return got;
    },
  });
  expect(await diffVersions(counting, 'd', from, to)).toEqual(expected(entries, after));
  let whole = 0;
  for await (const { size } of lake.list('datasets/d/pages/')) whole += size;
  expect(bytes).toBeLessThan(whole / 20);
  expect(await diffVersions(lake, 'd', from, tiny)).toEqual(expected(entries, entries.slice(0, 10)));
  expect(await diffVersions(lake, 'd', tiny, to)).toEqual(expected(entries.slice(0, 10), after));
});
