import { expect, test } from 'vitest';
import type { LineageNode } from '../../api/index.ts';
import { extend, graphOf } from './graph.ts';

const model = (id: string): LineageNode => ({ kind: 'model', id, name: id, type: '', created: '' });

test('a step adds nodes and edges, and goes on with what is new', () => {
  const found = [{ of: 'a', found: [model('b'), model('c')], total: 2 }];
  const { graph, frontier } = extend(graphOf(model('a')), 'down', found);
  expect(frontier.map(({ id }) => id)).toEqual(['b', 'c']);
  expect([...graph.edges.values()]).toEqual([
    { from: 'a', to: 'b' },
    { from: 'a', to: 'c' },
  ]);
  expect(graph.more).toEqual([]);
});

test('edges point from what was used to what came of it, whichever way one goes', () => {
  const { graph } = extend(graphOf(model('a')), 'up', [{ of: 'a', found: [model('b')], total: 1 }]);
  expect([...graph.edges.values()]).toEqual([{ from: 'b', to: 'a' }]);
});

test('what is known already is joined to, not walked again', () => {
  const first = extend(graphOf(model('a')), 'down', [{ of: 'a', found: [model('b')], total: 1 }]);
  const second = extend(first.graph, 'down', [{ of: 'b', found: [model('a'), model('b')], total: 2 }]);
  expect(second.frontier).toEqual([]);
  expect(second.graph.nodes.size).toBe(2);
  expect(second.graph.edges.size).toBe(3);
});

test('what is left out is counted: by the reader, and by the most that an answer holds', () => {
  const found = [{ of: 'a', found: [model('b'), model('c')], total: 10_000 }];
  expect(extend(graphOf(model('a')), 'down', found).graph.more).toEqual([
    { of: 'a', direction: 'down', count: 9998 },
  ]);
  const { graph, frontier } = extend(graphOf(model('a')), 'down', found, 2);
  expect(frontier).toHaveLength(1);
  expect(graph.more).toEqual([{ of: 'a', direction: 'down', count: 9999 }]);
});

test('ids that look like each other side by side are told apart', () => {
  const start = extend(graphOf(model('a')), 'down', [{ of: 'a', found: [model('b","c')], total: 1 }]);
  const { graph } = extend(start.graph, 'down', [{ of: 'a","b', found: [model('c')], total: 1 }]);
  expect(graph.edges.size).toBe(2);
});
