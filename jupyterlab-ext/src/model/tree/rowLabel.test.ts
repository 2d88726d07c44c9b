import { aDataset, aPlacement, aVersion, now } from '@forebay/core/api/testing';
import { expect, test } from 'vitest';
import { aSnapshot } from '../examples.ts';
import { rowLabel } from './rowLabel.ts';
import { rowsOf } from './rows.ts';

test('a screen reader hears everything that a row shows', () => {
  const snapshot = aSnapshot({
    datasets: [aDataset('x', 2), aDataset('y', 2), aDataset('new', 0)],
    versions: new Map([
      [
        'x',
        {
          items: [aVersion('x', 2, { tags: ['raw'], message: 'resized' })],
          next: null,
          state: 'ready',
          error: null,
        },
      ],
    ]),
    placements: [aPlacement('x', 2, 'ready'), aPlacement('y', 1, 'ready')],
  });
  const rows = rowsOf(snapshot, { filter: '', cachedOnly: false, expanded: new Set(['x']) });
  expect(rows.map((row) => rowLabel(row, now))).toEqual([
    'x, 38.2 GB, latest v2, Cached on gpu-hall',
    'v2, latest, raw, 38.2 GB, 2 h ago, ana, resized, Cached on gpu-hall',
    'y, 38.2 GB, latest v2, In the lake only, v1 cached on gpu-hall',
    'new, no version yet',
  ]);
});
