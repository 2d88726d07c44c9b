import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { DiffEntry } from '../../../src/api/schemas.ts';
import { Branch, pageSize } from './Branch.ts';

const counts = { added: 0, changed: 0, removed: 0, moved: 0 };
const folder = (path: string): DiffEntry => ({
  kind: 'folder',
  path,
  counts,
  bytes: { before: 0, after: 0 },
});
const change = (path: string): DiffEntry => ({
  ...{ kind: 'change', path, is: 'added', from: null, before: null, after: null },
});

/** A folder's children, and which of them are open with what. */
interface Model {
  items: DiffEntry[];
  open: Map<number, Model>;
}

const model = (prefix: string, depth: number): fc.Arbitrary<Model> =>
  fc
    .tuple(fc.integer({ min: 0, max: depth === 0 ? 450 : 5 }), fc.array(fc.nat(600), { maxLength: 3 }))
    .chain(([size, opened]) => {
      const at = depth < 2 ? [...new Set(opened.filter((nth) => nth < size))] : [];
      const items = Array.from({ length: size }, (_, nth) =>
        at.includes(nth) ? folder(`${prefix}${nth}`) : change(`${prefix}${nth}`),
      );
      return fc
        .tuple(...at.map((nth) => model(`${prefix}${nth}/`, depth + 1)))
        .map((below) => ({ items, open: new Map(at.map((nth, place) => [nth, below[place] as Model])) }));
    });

function fill(branch: Branch, { items, open }: Model): void {
  for (let page = 0; page === 0 || page * pageSize < items.length; page++) {
    branch.setPage(page, items.slice(page * pageSize, (page + 1) * pageSize), items.length);
  }
  for (const [at, below] of open) fill(branch.open(at) as Branch, below);
}

function* lines({ items, open }: Model, depth = 0): Generator<{ path: string; depth: number }> {
  for (const [at, { path }] of items.entries()) {
    yield { path, depth };
    const below = open.get(at);
    if (below) yield* lines(below, depth + 1);
  }
}

test('lines follow each other as in a tree that is written out, and each knows its place', () => {
  fc.assert(
    fc.property(model('', 0), (tree) => {
      const root = new Branch('');
      fill(root, tree);
      const expected = [...lines(tree)];
      expect(root.length).toBe(expected.length);
      for (const [index, { path, depth }] of expected.entries()) {
        const line = root.line(index);
        expect(line && { path: line.entry?.path, depth: line.depth }).toEqual({ path, depth });
        expect(line?.branch.indexOf(line.at)).toBe(index);
      }
      expect(root.line(expected.length)).toBeUndefined();
    }),
    { numRuns: 60 },
  );
});

test('a folder that is opened has one line until its first page has come', () => {
  const root = new Branch('');
  root.setPage(0, [folder('a'), change('b')], 2);
  root.open(0);
  expect(root.length).toBe(3);
  expect(root.line(1)).toMatchObject({ entry: undefined, depth: 1 });
  expect(root.line(2)?.entry?.path).toBe('b');
  root.close(0);
  expect(root.length).toBe(2);
});
