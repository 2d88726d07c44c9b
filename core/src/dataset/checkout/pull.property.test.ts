import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { readTree } from './testing/testTree.ts';
import { makeTestDataset, writeTestTree } from './testing/testWorkingCopy.ts';

vi.setConfig({ testTimeout: 120_000 });

type Contents = Record<string, string>;

const path = fc.constantFrom('a/1', 'a/2', 'b/1', 'b/c/2', 'd', 'e é\n"');
const contents = fc.dictionary(path, fc.constantFrom('x', 'y', 'z', ''), { minKeys: 1 });

function put(folder: string, before: Contents, after: Contents): void {
  for (const path of Object.keys(before)) if (after[path] === undefined) rmSync(join(folder, path));
  for (const [path, content] of Object.entries(after)) {
    if (before[path] !== content) writeTestTree(folder, { [path]: { content } });
  }
}

function look(folder: string): Contents {
  const files = Object.entries(readTree(folder, ['.forebay'])).map(([path, node]) =>
    typeof node === 'object' && 'content' in node ? [[path, String(node.content)]] : [],
  );
  return Object.fromEntries(files.flat());
}

test('whatever two people do, a pull loses nothing of mine, takes all that is only theirs, and a sync follows', async () => {
  await fc.assert(
    fc.asyncProperty(contents, contents, contents, async (base, ours, others) => {
      const world = await makeTestDataset();
      try {
        const theirs = await world.begin('theirs', {});
        put(theirs, {}, base);
        await world.sync(theirs);
        const mine = await world.clone('mine');
        put(theirs, base, others);
        await world.sync(theirs);
        put(mine, base, ours);
        const { conflicts, version } = await world.pull(mine);
        const merged = look(mine);
        for (const path of new Set([base, ours, others].flatMap(Object.keys))) {
          const [b, m, t] = [base[path], ours[path], others[path]];
          expect(merged[path]).toBe(m === b ? t : m);
          const bothChanged = m !== b && t !== b && m !== t;
          expect(conflicts.includes(path)).toBe(version > 1 && bothChanged);
        }
        await world.sync(mine);
        expect(look(await world.clone('after'))).toEqual(merged);
      } finally {
        world.remove();
      }
    }),
    { numRuns: 12 },
  );
});
