import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LineageNode } from '../../src/api/schemas.ts';
import { layoutOf, nodeSize } from './layout.ts';

const node = (id: string): LineageNode => ({
  kind: 'model',
  id,
  name: id,
  type: '',
  created: '2026-11-23T10:00:00Z',
});
const graph = (...pairs: string[]) => ({
  nodes: [...new Set(pairs.flatMap((pair) => pair.split('>')))].map(node),
  edges: pairs.map((pair) => {
    const [from = '', to = ''] = pair.split('>');
    return { from, to };
  }),
});

test('what came of something stands to the right of it', () => {
  const { placed, width } = layoutOf(graph('data>run', 'run>model', 'run>more', 'data>model'));
  const x = (id: string) => placed.find(({ node }) => node.id === id)?.x ?? Number.NaN;
  expect(x('data')).toBe(0);
  expect(x('run')).toBeLessThan(x('model'));
  expect(x('model')).toBe(x('more'));
  expect(width).toBe(3 * nodeSize.width + 2 * nodeSize.across);
});

test('every node has a place of its own, and every edge of a graph without cycles goes right', () => {
  const id = fc.integer({ min: 0, max: 12 });
  fc.assert(
    fc.property(fc.array(fc.tuple(id, id)), (pairs) => {
      const forward = pairs.filter(([from, to]) => from < to).map(([from, to]) => `${from}>${to}`);
      const { placed, edges } = layoutOf(graph(...forward));
      expect(new Set(placed.map(({ x, y }) => `${x} ${y}`)).size).toBe(placed.length);
      for (const { from, to } of edges) expect(from.x).toBeLessThan(to.x);
    }),
  );
});

test('a cycle is drawn all the same', () => {
  expect(layoutOf(graph('a>b', 'b>a')).placed).toHaveLength(2);
});
