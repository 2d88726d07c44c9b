import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { comparePaths } from '../entry.ts';
import { control, temporaryFolder } from '../testing/lake.ts';
import { columns, kindOf, pathIn } from './run.ts';
import { scanFolder } from './scan.ts';
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

describe('a folder that is large enough for a second thread', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await temporaryFolder();
    for (let at = 0; at < 40; at++) {
      const below = join(folder, `part-${at}`);
      mkdirSync(below);
      for (let file = 0; file < 250; file++) writeFileSync(join(below, `${file}`), 'x'.repeat(file % 7));
    }
  });

  test('is given as its files are', async () => {
    const sizes = new Map<string, number>();
    for await (const { folder: parent, names, stats } of walkFolder(folder, control())) {
      for (const [at, name] of names.entries()) {
        const path = pathIn(parent, name);
        const { size, mtimeMs, ctimeMs, ino } = lstatSync(join(folder, path));
        expect([...stats.subarray(at * columns, (at + 1) * columns)]).toEqual([size, mtimeMs, ctimeMs, ino]);
        sizes.set(path, size);
      }
    }
    expect(sizes.size).toBe(10_000);
    expect([...sizes.keys()]).toEqual([...sizes.keys()].sort(comparePaths));
  });

  test('names what can’t be part of a version, whichever thread came upon it', async () => {
    for (const part of [2, 11, 17, 23, 31, 39]) {
      const pipe = join(folder, `part-${part}`, 'pipe');
      execFileSync('mkfifo', [pipe]);
      await expect(scanFolder(folder, control())).rejects.toMatchObject({
        code: 'file-unreadable',
        message: expect.stringContaining(`"part-${part}/pipe" is a named pipe`),
      });
      rmSync(pipe);
    }
  });
});
