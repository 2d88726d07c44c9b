import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { selectionOf } from '../../api/selection.ts';
import { selecting } from '../selection.ts';
import { readTree } from './testing/testTree.ts';
import { testControl } from './testing/testVersion.ts';
import { makeTestDataset, writeTestTree } from './testing/testWorkingCopy.ts';

vi.setConfig({ testTimeout: 180_000 });

/** A path's content; null: not there. */
type Contents = Record<string, string | null>;

const paths = ['a/1.txt', 'a/2.png', 'a-b', 'b/1.png', 'b/c/2.txt', 'b/c/3.png', 'd.png', 'e é/x'];
const content = fc.constantFrom('x', 'y', 'z', '');
const base = fc.dictionary(fc.constantFrom(...paths), content, { minKeys: 3 });
const edits = fc.dictionary(fc.constantFrom(...paths, 'b/new', 'f/new.png'), fc.option(content));
const hollow = fc.uniqueArray(fc.constantFrom('b/c', 'f', 'g'), { maxLength: 2 });
const globs = fc.uniqueArray(
  fc.constantFrom('*.png', 'a', 'b/**', '/b/c', 'a/*.txt', '*', 'e*', 'b/c/3.png', 'f'),
  { maxLength: 2 },
);

function apply(folder: string, changes: Contents): void {
  for (const [path, content] of Object.entries(changes)) {
    if (content === null) rmSync(join(folder, path), { force: true });
    else writeTestTree(folder, { [path]: { content } });
  }
}

const look = (folder: string) =>
  Object.fromEntries(
    Object.entries(readTree(folder, ['.forebay'])).map(([path, node]) => [
      path,
      typeof node === 'object' && 'content' in node ? String(node.content) : 'folder',
    ]),
  );

function difference(before: Record<string, string>, after: Record<string, string>) {
  const both = Object.keys(before).filter((path) => path in after);
  return {
    added: Object.keys(after).length - both.length,
    changed: both.filter((path) => before[path] !== after[path]).length,
    removed: Object.keys(before).length - both.length,
  };
}

test('a sync of a part makes the version that the same edits make of the whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      base,
      hollow,
      globs,
      globs,
      edits,
      edits,
      async (files, empty, include, exclude, ...rounds) => {
        const selection = selectionOf({ include, exclude });
        const selects = selection ? selecting(selection) : () => true;
        const world = await makeTestDataset();
        try {
          const whole = await world.begin('whole', {});
          apply(whole, files);
          for (const folder of empty) mkdirSync(join(whole, folder), { recursive: true });
          await world.sync(whole);
          if (!Object.keys(look(whole)).some((path) => selects({ path, kind: 'file' }))) return;
          const part = await world.clone('part', undefined, testControl(), selection);
          const beside = new Set<string>();
          for (const [round, changes] of rounds.entries()) {
            const before = look(whole);
            const mine = Object.fromEntries(
              Object.entries(changes).filter(
                ([path]) => selects({ path, kind: 'file' }) || beside.has(path) || !(path in before),
              ),
            );
            // What both have as an empty folder gives way in both.
            apply(whole, mine);
            apply(part, mine);
            const now = look(whole);
            for (const path of Object.keys(mine)) if (mine[path] !== null) beside.add(path);
            const made = await world.sync(part);
            // Made of the whole folder there is nothing new in it: the digests are the same.
            const same = await world.sync(whole, true);
            expect([round, same.version, same.digest]).toEqual([round, made.version, made.digest]);
            const versions = Object.entries(now).filter(([, is]) => is !== 'folder').length;
            expect(made).toMatchObject({ files: versions, ...difference(before, now) });
          }
        } finally {
          world.remove();
        }
      },
    ),
    { numRuns: 25 },
  );
});
