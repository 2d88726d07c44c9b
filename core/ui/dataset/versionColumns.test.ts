import { expect, test } from 'vitest';
import type { Version, VersionUse } from '../../src/api/schemas.ts';
import type { Level } from '../level/level.ts';
import { columnsFor, values } from './UsesTab.tsx';
import { arrangeVersions, versionColumns } from './versionColumns.tsx';

const versions = [1, 2, 3].map(
  (version) => ({ version, message: 'm', time: '2026-11-23T10:00:00Z' }) as Version,
);
const use = (version: number, runs: number, maker: string | null): VersionUse =>
  ({ version, runs, madeBy: maker && { id: maker, name: maker }, lastRun: null }) as VersionUse;
const used = new Map([use(1, 5, 'b'), use(2, 10, 'a'), use(3, 2, null)].map((each) => [each.version, each]));
const placed = ['lake', 'filling', 'cached'];
const levelOf = (_: string, version: number) => ({ kind: placed[version - 1] }) as Level;
const facts = { dataset: 'd', used, places: { placements: [], levelOf, partsOf: () => [] } };
const order = (sort: string) => arrangeVersions(versions, sort, facts).map(({ version }) => version);

test('versions are sorted by who made them, by how many runs read them, and by where they are', () => {
  expect([order('from'), order('-from')]).toEqual([
    [2, 1, 3],
    [1, 2, 3],
  ]);
  expect(order('-runs')).toEqual([2, 1, 3]);
  expect(order('cached')).toEqual([3, 2, 1]);
});

test('each column that offers to be sorted by has something to sort by', () => {
  const columns = columnsFor('d', () => undefined);
  const offered = columns.filter(({ id, unsorted }) => id !== '' && !unsorted);
  expect(offered.map(({ id }) => id).filter((id) => !values[id])).toEqual([]);
  const all = versionColumns({ ...facts } as never).map(({ id }) => id);
  const sortable = ['version', 'message', 'time', 'author', 'change', 'size', 'from', 'runs', 'cached'];
  expect(all.filter((id) => id !== '')).toEqual(sortable);
});
