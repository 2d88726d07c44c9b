import { aPlacement } from '@forebay/core/api/testing';
import { expect, test } from 'vitest';
import type { TreeNode } from '../tree/node.ts';
import { chosenPlacements } from './chosenPlacements.ts';

const near = aPlacement('scans', 2, 'ready', { id: 'near', cache: 'near' });
const far = aPlacement('scans', 2, 'ready', { id: 'far', cache: 'far' });
const other = aPlacement('scans', 1, 'ready', { id: 'other' });
const all = [near, far, other];
const chosen = (...nodes: TreeNode[]) => chosenPlacements(nodes, all, () => 2).map(({ id }) => id);
const version = (number: number): TreeNode => ({ kind: 'version', dataset: 'scans', version: number });

test('a version stands for all that caches have of it, and a dataset for its newest', () => {
  expect(chosen(version(2))).toEqual(['near', 'far']);
  expect(chosen({ kind: 'dataset', dataset: 'scans' })).toEqual(['near', 'far']);
});

test('a placement stands for itself, and nothing is chosen twice', () => {
  const row: TreeNode = { kind: 'placement', placement: 'far', dataset: 'scans', version: 2 };
  expect(chosen(row)).toEqual(['far']);
  expect(chosen(row, version(2), version(1))).toEqual(['near', 'far', 'other']);
});

test('a file stands for no version, whatever is chosen beside it', () => {
  const entry = { path: 'a.png', kind: 'file', bytes: 1 } as const;
  const file = { kind: 'entry', dataset: 'scans', version: 1, entry } as unknown as TreeNode;
  expect(chosen(version(2), file)).toEqual(['near', 'far']);
});
