import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arbitraryEntries } from '../testing/arbitraries.ts';
import { temporaryLake, writeManifest } from '../testing/lake.ts';

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
