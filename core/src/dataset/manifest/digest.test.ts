import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Entry } from '../entry.ts';
import { type Found, Tree } from '../scan/tree.ts';
import { arbitraryEntries } from '../testing/arbitraries.ts';
import { temporaryLake, writeManifest } from '../testing/lake.ts';

function foundAt(entry: Entry): Found {
  const { path, kind } = entry;
  const { size, executable } = entry.kind === 'file' ? entry : { size: 0, executable: false };
  const target = entry.kind === 'link' ? entry.target : '';
  return { path, kind, size, executable, target, mtime: 0, ctime: 0, inode: 0 };
}

test('a scan has one order, in whatever order a folder was read', () => {
  fc.assert(
    fc.property(arbitraryEntries, fc.infiniteStream(fc.nat()), (entries, random) => {
      const shuffled = entries
        .map((entry) => ({ entry, key: random.next().value }))
        .sort((a, b) => Number(a.key) - Number(b.key));
      const tree = new Tree();
      for (const { entry } of shuffled) tree.add(foundAt(entry));
      const sorted = tree.sorted();
      expect(sorted.paths).toEqual(entries.map(({ path }) => path));
      for (const [at, entry] of entries.entries()) expect(sorted.at(at)).toEqual(foundAt(entry));
    }),
  );
});

test('a digest says what the files are: not where they are packed, nor when they were changed', async () => {
  const lake = await temporaryLake();
  await fc.assert(
    fc.asyncProperty(arbitraryEntries, fc.nat(2 ** 26), fc.nat(), async (entries, offset, mtime) => {
      const repacked = entries.map((entry) => {
        if (entry.kind !== 'file') return entry;
        const { size } = entry;
        return {
          ...entry,
          mtime,
          parts: [{ pack: 'z'.repeat(26), offset, length: size, codec: 'raw' as const, size }],
        };
      });
      const { root } = await writeManifest(lake, 'd', entries);
      expect((await writeManifest(lake, 'd', repacked)).root.digest).toBe(root.digest);
      const [first] = entries;
      if (!first) return;
      const renamed = [{ ...first, path: `${first.path}\u{10ffff}` }, ...entries.slice(1)];
      expect((await writeManifest(lake, 'd', renamed)).root.digest).not.toBe(root.digest);
      expect((await writeManifest(lake, 'd', entries.slice(1))).root.digest).not.toBe(root.digest);
    }),
    { numRuns: 30 },
  );
});
