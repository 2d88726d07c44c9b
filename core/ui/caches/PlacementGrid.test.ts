import { expect, test } from 'vitest';
import { aPlacement } from '../../src/api/testing.ts';
import { columnsOf, keys, mountCodeOf } from './PlacementGrid.tsx';

test('a part is dragged as code that mounts this part', () => {
  const selection = { include: ['images/**'], exclude: [] };
  expect(mountCodeOf(aPlacement('scans', 2, 'ready'))).toContain('scans@v2');
  expect(mountCodeOf(aPlacement('scans', 2, 'ready', { selection }))).toContain(
    'mount("scans@v2", include=["images/**"])',
  );
});

test('a column that offers to sort has something to sort by, and every column a name of its own', () => {
  const columns = columnsOf({ jobs: [], leases: [], several: true, now: 0 });
  const offered = columns.filter(({ id, unsorted }) => id !== '' && !unsorted).map(({ id }) => id);
  expect(offered.filter((id) => keys[id] === undefined)).toEqual([]);
  expect(new Set(columns.map(({ title }) => title)).size).toBe(columns.length);
  expect(columns.filter(({ title }) => title === '')).toEqual([]);
});
