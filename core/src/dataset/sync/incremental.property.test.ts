import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { comparePaths, type Entry, type FileEntry } from '../entry.ts';
import { readRoot } from '../manifest/root.ts';
import { openHouse } from '../testing/house.ts';
import { entriesOf, temporaryLake, writeManifest } from '../testing/lake.ts';

// Every version waits until its files can't change unseen.
vi.setConfig({ testTimeout: 120_000 });

const paths = Array.from({ length: 900 }, (_, at) => `d${at % 7}/f${at}`).sort(comparePaths);

/** Edits near each other and far apart; runs of them empty whole pages. */
const edit = fc.record({
  from: fc.nat(paths.length - 1),
  count: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 200 })),
  content: fc.option(fc.constantFrom('x', 'y', 'longer'), { nil: null }),
});

function apply(
  folder: string,
  files: Map<string, string>,
  edits: { from: number; count: number; content: string | null }[],
) {
  for (const { from, count, content } of edits) {
    for (const path of paths.slice(from, from + count)) {
      if (content === null) rmSync(join(folder, path), { force: true });
      else writeFileSync(join(folder, path), content);
      if (content === null) files.delete(path);
      else files.set(path, content);
    }
  }
}

test('a version made by taking over pages is the same as one made from nothing, and its packs are counted right', async () => {
  const house = await openHouse(await temporaryLake());
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 }),
      async (steps) => {
        const folder = await house.begin('work');
        for (let i = 0; i < 7; i++) mkdirSync(join(folder, `d${i}`));
        const files = new Map<string, string>();
        apply(folder, files, [{ from: 0, count: 700, content: 'first' }]);
        for (const edits of [[], ...steps]) {
          apply(folder, files, edits);
          await setTimeout(120);
          const { digest, files: count } = await house.sync(folder);
          const { root } = (await house.versions()).at(-1) ?? { root: '' };
          const entries = await entriesOf(house.lake, house.dataset.id, root);
          const standing = entries.filter((entry) => entry.kind === 'file');
          expect(standing.map(({ path }) => path)).toEqual([...files.keys()].sort(comparePaths));
          expect(count).toBe(files.size);
          expect((await writeManifest(house.lake, house.dataset.id, entries)).root.digest).toBe(digest);
          expect(await usedIn(root)).toEqual(usedBy(standing));
        }
      },
    ),
    {
      numRuns: 6,
      examples: [[[[{ from: 19, count: 1, content: null }], [{ from: 0, count: 1, content: null }]]]],
    },
  );
  await house.verifyAll();
  house.remove();

  async function usedIn(root: string): Promise<Map<string, number>> {
    const { packs } = await readRoot(house.lake, house.dataset.id, root);
    return new Map([...packs].map(([pack, { used }]) => [pack, used]));
  }
});

function usedBy(entries: Entry[]): Map<string, number> {
  const used = new Map<string, number>();
  for (const { parts } of entries as FileEntry[]) {
    for (const part of parts)
      if ('pack' in part) used.set(part.pack, (used.get(part.pack) ?? 0) + part.length);
  }
  return new Map([...used].sort(([a], [b]) => (a < b ? -1 : 1)));
}
