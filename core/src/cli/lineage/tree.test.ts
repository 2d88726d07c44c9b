import { expect, test } from 'vitest';
import type { Lineage, LineageNode } from '../../api/schemas.ts';
import { describeNode, titleOf } from './describe.ts';
import { lineageTree } from './tree.ts';

const plain = (_format: unknown, text: string) => text;
const model = (id: string): LineageNode => ({ kind: 'model', id, name: id, type: '', created: '' });

function draw(of: string, arrows: readonly string[], more: Lineage['more'] = []): string {
  const edges = arrows.map((arrow) => {
    const [from = '', to = ''] = arrow.split('>');
    return { from, to };
  });
  const nodes = [...new Set([of, ...edges.flatMap(({ from, to }) => [from, to])])].map(model);
  const names = { describe: ({ id }: LineageNode) => id, title: ({ id }: LineageNode) => id };
  const { above, below } = lineageTree({ of, nodes, edges, more }, names);
  return [...above, of, ...below].join('\n');
}

test('origins grow upwards, what came of it downwards', () => {
  expect(`\n${draw('x', ['a>b', 'b>x', 'c>x', 'x>d', 'd>e', 'x>f'])}\n`).toBe(`
┌─ c
│  ┌─ a
├─ b
x
├─ d
│  └─ e
└─ f
`);
});

test('what was drawn already is named, and a circle ends', () => {
  expect(draw('x', ['x>a', 'x>b', 'a>c', 'b>c', 'c>d'])).toBe(
    ['x', '├─ a', '│  └─ c', '│     └─ d', '└─ b', '   └─ c, as drawn already'].join('\n'),
  );
  expect(draw('x', ['x>a', 'a>x'])).toContain('└─ x, as drawn already');
});

test('what is left out is counted where it would stand', () => {
  const more = [{ of: 'x', direction: 'down' as const, count: 9975 }];
  expect(draw('x', ['x>a'], more)).toBe(['x', '├─ a', '└─ ... 9,975 more'].join('\n'));
  expect(draw('x', [], [{ of: 'x', direction: 'up', count: 2 }])).toBe(['┌─ ... 2 more', 'x'].join('\n'));
});

test('a name from a script draws no lines and colours of its own', () => {
  const named: LineageNode = {
    ...{ kind: 'version', id: 'i', name: 'a\n\u001b[31mb', version: null, digest: 'd', state: 'foreign' },
    ...{ files: null, bytes: null, time: null },
  };
  expect(titleOf(named)).toBe('a\\n\\x1b[31mb');
});

test('a notebook says where it lies and when it last used something', () => {
  const notebook: LineageNode = {
    ...{ kind: 'notebook', id: 'i', name: 'a.ipynb', path: '/home/ana/a.ipynb', host: 'hall', user: 'ana' },
    last: '2026-01-01T00:00:00.000Z',
  };
  expect(describeNode(notebook, plain, Date.parse('2026-01-03T00:00:00.000Z'))).toBe(
    'notebook a.ipynb  used 2 d ago, /home/ana/a.ipynb',
  );
});

test('a run says how it went, when and where', () => {
  const run: LineageNode = {
    ...{
      kind: 'run',
      id: 'i',
      name: 'keen-creek-417',
      experiment: 'lungs',
      state: 'finished',
      deleted: false,
    },
    ...{ started: '2026-01-01T00:00:00.000Z', ended: '2026-01-01T00:03:00.000Z' },
  };
  expect(describeNode(run, plain, Date.parse('2026-01-03T00:00:00.000Z'))).toBe(
    'run keen-creek-417  finished, 2 d ago, took 3 min, lungs',
  );
});
