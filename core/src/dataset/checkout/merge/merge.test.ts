import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparePaths } from '../../entry.ts';
import { decide, merge, type Sides } from './merge.ts';

type Tree = Record<string, string>;

/** Trees without a file where another has a folder: every path is two names deep. */
const tree = fc.dictionary(
  fc.constantFrom('a/1', 'a/2', 'b/1', 'b/2', 'c/1'),
  fc.constantFrom('x', 'y', 'z'),
);
/** Trees where one path may be a file in one and a folder in another. */
const anyTree = tree.chain((deep) =>
  fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('x', 'y')).map((flat) => {
    const folders = new Set(Object.keys(deep).map((path) => path[0]));
    return { ...deep, ...Object.fromEntries(Object.entries(flat).filter(([path]) => !folders.has(path))) };
  }),
);

function run(base: Tree, mine: Tree, theirs: Tree): { merged: Tree; conflicts: string[] } {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(theirs)])].sort(comparePaths);
  const changed: Sides[] = paths
    .filter((path) => base[path] !== theirs[path])
    .map((path) => ({ path, base: base[path], mine: mine[path], theirs: theirs[path] }));
  const { take, conflicts } = merge(changed, {
    at: (path) => mine[path],
    below: (folder) => Object.keys(mine).filter((path) => path.startsWith(`${folder}/`)),
  });
  const merged = { ...mine };
  for (const { path, theirs } of take) {
    if (theirs === undefined) delete merged[path];
    else merged[path] = theirs;
  }
  return { merged, conflicts };
}

describe('a merge', () => {
  test('of a folder that changed nothing is theirs, without a conflict', () => {
    fc.assert(
      fc.property(anyTree, anyTree, (base, theirs) => {
        expect(run(base, base, theirs)).toEqual({ merged: theirs, conflicts: [] });
      }),
    );
  });

  test('with a version that changed nothing is mine, without a conflict', () => {
    fc.assert(
      fc.property(anyTree, anyTree, (base, mine) => {
        expect(run(base, mine, base)).toEqual({ merged: mine, conflicts: [] });
      }),
    );
  });

  test('of the same change on both sides is that change', () => {
    fc.assert(
      fc.property(anyTree, anyTree, (base, both) => {
        expect(run(base, both, both)).toEqual({ merged: both, conflicts: [] });
      }),
    );
  });

  test('never loses a change of mine, and lists a path only if both changed it differently', () => {
    fc.assert(
      fc.property(tree, tree, tree, (base, mine, theirs) => {
        const { merged, conflicts } = run(base, mine, theirs);
        for (const path of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
          const [b, m, t] = [base[path], mine[path], theirs[path]];
          if (m !== b) expect(merged[path]).toBe(m);
          else expect(merged[path]).toBe(t);
          expect(conflicts.includes(path)).toBe(m !== b && t !== b && m !== t);
        }
      }),
    );
  });

  test('never puts a file and a folder in one place', () => {
    fc.assert(
      fc.property(anyTree, anyTree, anyTree, (base, mine, theirs) => {
        const { merged } = run(base, mine, theirs);
        for (const path of Object.keys(merged)) {
          expect(Object.keys(merged).filter((other) => other.startsWith(`${path}/`))).toEqual([]);
          if (mine[path] !== undefined && mine[path] !== base[path]) expect(merged[path]).toBe(mine[path]);
        }
        for (const [path, content] of Object.entries(mine)) {
          if (content !== base[path]) expect(merged[path]).toBe(content);
        }
      }),
    );
  });

  test('has one answer for each path', () => {
    expect(decide({ base: 'a', mine: 'a', theirs: 'b' })).toBe('take');
    expect(decide({ base: 'a', mine: 'b', theirs: 'a' })).toBe('keep');
    expect(decide({ base: 'a', mine: 'b', theirs: 'b' })).toBe('keep');
    expect(decide({ base: 'a', mine: 'b', theirs: undefined })).toBe('conflict');
  });
});
