import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { comparePaths } from '../entry.ts';
import { control, temporaryFolder } from '../testing/lake.ts';
import { kindOf, pathIn } from './run.ts';
import { walkFolder } from './walk.ts';

/** Names that stand close to each other, on both sides of '/'. */
const name = fc.constantFrom('a', 'a ', 'a-b', 'a.b', 'a0', 'ab', 'b', 'é', '\uffee', '😀', '\ufffd');
type Node = { [name: string]: Node } | 'file' | 'link';
const { tree } = fc.letrec<{ tree: { [name: string]: Node }; node: Node }>((tie) => ({
  tree: fc.dictionary(name, tie('node'), { maxKeys: 5, depthIdentifier: 'tree' }),
  node: fc.oneof(
    { depthIdentifier: 'tree', maxDepth: 3 },
    fc.constant('file' as const),
    fc.constant('link' as const),
    tie('tree'),
  ),
}));

function make(folder: string, tree: { [name: string]: Node }, path = ''): string[] {
  return Object.entries(tree).flatMap(([name, node]) => {
    const at = join(folder, name);
    const inside = pathIn(path, name);
    if (node === 'file') writeFileSync(at, '');
    else if (node === 'link') symlinkSync('a', at);
    else {
      mkdirSync(at);
      const below = make(at, node, inside);
      return below.length > 0 ? below : [`folder ${inside}`];
    }
    return [`${node} ${inside}`];
  });
}

test('whatever a folder holds, its files, links and empty folders come in path order', async () => {
  const top = await temporaryFolder();
  await fc.assert(
    fc.asyncProperty(tree, async (wanted) => {
      const folder = mkdtempSync(join(top, 'tree-'));
      const expected = make(folder, wanted);
      const found: string[] = [];
      for await (const { folder: parent, names, flags } of walkFolder(folder, control())) {
        for (const [at, name] of names.entries()) {
          found.push(`${kindOf(flags[at] as number)} ${pathIn(parent, name)}`);
        }
      }
      const pathOf = (line: string) => line.slice(line.indexOf(' ') + 1);
      expect(found).toEqual(expected.sort((a, b) => comparePaths(pathOf(a), pathOf(b))));
      rmSync(folder, { recursive: true });
    }),
  );
});

test('a folder of many files is given in runs, none of them long', async () => {
  const folder = await temporaryFolder();
  for (let at = 0; at < 2500; at++) writeFileSync(join(folder, String(at).padStart(4, '0')), '');
  const lengths: number[] = [];
  for await (const run of walkFolder(folder, control())) lengths.push(run.names.length);
  expect(lengths).toEqual([1024, 1024, 452]);
});
