import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { beginSyncing } from '../testing/syncing.ts';
import { fileHistory } from './fileHistory.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The content of `a/b.txt` in each version; null: it isn't there. */
const contents = fc.array(fc.option(fc.constantFrom('1', '2', '3'), { nil: null }), {
  minLength: 1,
  maxLength: 8,
});

test('a file is told in the versions that changed it, and in no other, wherever they are cut in two', async () => {
  await fc.assert(
    fc.asyncProperty(contents, fc.nat(8), async (all, cut) => {
      const world = await beginSyncing();
      for (const [nth, content] of all.entries()) {
        await world.write('other', String(nth));
        if (content === null) await rm(join(world.folder, 'it'), { force: true });
        else await world.write('it', content);
        await world.sync();
      }
      const { id, history } = await world.datasetOf();
      const at = Math.min(cut, history.versions.length);
      const parts = [history.versions.slice(at), history.versions.slice(0, at)];
      const found = await Promise.all(
        parts.map((versions, part) =>
          fileHistory(world.lake, id, {
            path: 'it',
            versions,
            before: part === 0 ? (history.versions[at - 1] ?? null) : null,
          }),
        ),
      );
      const told = found.flat().map(({ version, is }) => `v${version.version} ${is}`);
      const expected = all.flatMap((content, nth) => {
        const before = all[nth - 1] ?? null;
        if (content === before) return [];
        return [`v${nth + 1} ${before === null ? 'added' : content === null ? 'removed' : 'changed'}`];
      });
      expect(told).toEqual(expected.reverse());
    }),
    { numRuns: 15 },
  );
});
