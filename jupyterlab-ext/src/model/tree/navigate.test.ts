import { aDataset, aVersion } from '@forebay/core/api/testing';
import { describe, expect, test } from 'vitest';
import { aSnapshot } from '../examples.ts';
import { moveOf } from './navigate.ts';
import { rowsOf } from './rows.ts';

const rows = rowsOf(
  aSnapshot({
    datasets: [aDataset('a', 1), aDataset('b', 2)],
    versions: new Map([
      ['b', { items: [aVersion('b', 2), aVersion('b', 1)], next: null, state: 'ready', error: null }],
    ]),
  }),
  { filter: '', cachedOnly: false, expanded: new Set(['b']) },
);
const press = (active: string | null, key: string) => moveOf(rows, active, key, 10);

describe('the keys of the tree', () => {
  test('up and down go from row to row and stop at the ends', () => {
    expect(press('a', 'ArrowDown')).toEqual({ kind: 'go', key: 'b' });
    expect(press('b', 'ArrowUp')).toEqual({ kind: 'go', key: 'a' });
    expect(press('a', 'ArrowUp')).toEqual({ kind: 'none' });
    expect(press('b@v1', 'ArrowDown')).toEqual({ kind: 'none' });
    expect(press(null, 'ArrowDown')).toEqual({ kind: 'go', key: 'a' });
  });

  test('home, end and page keys leap', () => {
    expect(press('b', 'Home')).toEqual({ kind: 'go', key: 'a' });
    expect(press('a', 'End')).toEqual({ kind: 'go', key: 'b@v1' });
    expect(press('a', 'PageDown')).toEqual({ kind: 'go', key: 'b@v1' });
  });

  test('right opens a dataset, then goes into it', () => {
    expect(press('a', 'ArrowRight')).toMatchObject({ kind: 'expand', row: { key: 'a' } });
    expect(press('b', 'ArrowRight')).toEqual({ kind: 'go', key: 'b@v2' });
    expect(press('b@v1', 'ArrowRight')).toEqual({ kind: 'none' });
  });

  test('left goes back to the dataset, then closes it', () => {
    expect(press('b@v1', 'ArrowLeft')).toEqual({ kind: 'go', key: 'b' });
    expect(press('b', 'ArrowLeft')).toMatchObject({ kind: 'collapse', row: { key: 'b' } });
    expect(press('a', 'ArrowLeft')).toEqual({ kind: 'none' });
  });

  test('enter opens, space acts, other keys are left to the host', () => {
    expect(press('b@v1', 'Enter')).toMatchObject({ kind: 'open', row: { key: 'b@v1' } });
    expect(press('b@v1', ' ')).toMatchObject({ kind: 'act', row: { key: 'b@v1' } });
    expect(press('b@v1', 'x')).toEqual({ kind: 'none' });
    expect(press(null, ' ')).toEqual({ kind: 'none' });
  });
});
