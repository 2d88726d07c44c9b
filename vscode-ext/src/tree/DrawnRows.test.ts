import { expect, test } from 'vitest';
import { DrawnRows } from './DrawnRows.ts';
import type { TreeNode } from './node.ts';
import type { Row } from './row.ts';

const job = (id: string): TreeNode => ({ kind: 'job', job: id });
const row = (label: string): Row => ({ id: label, label, icon: 'sync', context: 'job', expandable: false });

test('only rows that say something else are drawn again', () => {
  const rows = new DrawnRows();
  const [a, b, c] = [job('a'), job('b'), job('c')];
  for (const node of [a, b, c]) rows.draw(node, row('10%'));
  const now = (node: TreeNode) => row(node === a ? '10%' : '20%');
  expect(rows.changed((node) => node !== c, now)).toEqual([b]);
  rows.draw(b, row('20%'));
  expect(rows.changed(() => true, now)).toEqual([c]);
});
