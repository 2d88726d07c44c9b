import { ForebayError } from '@forebay/core/api/errors';
import { aDataset, aPlacement, aVersion } from '@forebay/core/api/testing';
import { describe, expect, test } from 'vitest';
import { aSnapshot } from '../examples.ts';
import type { VersionList } from '../snapshot.ts';
import { type RowOptions, rowsOf } from './rows.ts';

const list = (more: Partial<VersionList> = {}): VersionList => ({
  items: [],
  next: null,
  state: 'ready',
  error: null,
  ...more,
});
const show = (more: Partial<RowOptions> = {}): RowOptions => ({
  filter: '',
  cachedOnly: false,
  expanded: new Set(),
  ...more,
});
const keys = (...args: Parameters<typeof rowsOf>) => rowsOf(...args).map((row) => row.key);

const snapshot = aSnapshot({
  datasets: [aDataset('chest-xray', 2, 'NIH X-rays'), aDataset('mnist', 1), aDataset('new', 0)],
  versions: new Map([
    ['chest-xray', list({ items: [aVersion('chest-xray', 2), aVersion('chest-xray', 1)] })],
    ['new', list()],
  ]),
  placements: [aPlacement('chest-xray', 1, 'ready'), aPlacement('mnist', 1, 'filling')],
});

describe('the rows of the tree', () => {
  test('are the datasets while all are closed', () => {
    expect(keys(snapshot, show())).toEqual(['chest-xray', 'mnist', 'new']);
  });

  test('have the versions of an open dataset below it, each with its own level', () => {
    const rows = rowsOf(snapshot, show({ expanded: new Set(['chest-xray']) }));
    expect(rows.map((row) => row.key)).toEqual([
      'chest-xray',
      'chest-xray@v2',
      'chest-xray@v1',
      'mnist',
      'new',
    ]);
    expect(rows.map((row) => row.kind !== 'note' && row.level.kind)).toEqual([
      'lake',
      'lake',
      'cached',
      'filling',
      'lake',
    ]);
    expect(rows.map((row) => row.kind === 'version' && row.latest)).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
  });

  test('say where a dataset and a version stand among their own', () => {
    const rows = rowsOf(snapshot, show({ expanded: new Set(['chest-xray']) }));
    expect(rows.map((row) => row.kind !== 'note' && [row.position, row.count])).toEqual([
      [1, 3],
      [1, 2],
      [2, 2],
      [2, 3],
      [3, 3],
    ]);
  });

  test('of a dataset name its newest cached version where the latest is not cached', () => {
    const placements = [1, 3, 2].map((version) => aPlacement('x', version, 'ready'));
    const older = (latest: number) =>
      rowsOf(aSnapshot({ datasets: [aDataset('x', latest)], placements }), show()).map(
        (row) => row.kind === 'dataset' && row.older?.version,
      );
    expect(older(4)).toEqual([3]);
    expect(older(3)).toEqual([undefined]);
  });

  test('name authors where they tell versions apart', () => {
    const tells = (authors: string[]) => {
      const items = authors.map((author, index) => aVersion('x', authors.length - index, { author }));
      const versions = new Map([['x', list({ items })]]);
      const rows = rowsOf(
        aSnapshot({ datasets: [aDataset('x', authors.length)], versions }),
        show({ expanded: new Set(['x']) }),
      );
      return rows.flatMap((row) => (row.kind === 'version' ? [row.authorTells] : []));
    };
    expect(tells(['ana', 'ana'])).toEqual([false, false]);
    expect(tells(['ana', 'ben'])).toEqual([true, true]);
  });

  test.each([
    ['ray', ['chest-xray']],
    ['NIH', ['chest-xray']],
    [' mnist@v1', ['mnist']],
    ['zzz', []],
  ])('are filtered by name and description: %j', (filter, expected) => {
    expect(keys(snapshot, show({ filter }))).toEqual(expected);
  });

  test('can be only what is cached', () => {
    expect(keys(snapshot, show({ cachedOnly: true, expanded: new Set(['chest-xray']) }))).toEqual([
      'chest-xray',
      'chest-xray@v1',
    ]);
  });

  test('say that versions are being read, are missing, failed or go on', () => {
    const noted = (versions: VersionList | undefined) =>
      rowsOf(
        aSnapshot({
          datasets: [aDataset('d', 1)],
          versions: versions ? new Map([['d', versions]]) : new Map(),
        }),
        show({ expanded: new Set(['d']) }),
      ).flatMap((row) => (row.kind === 'note' ? [`${row.note}: ${row.text}`] : []));
    expect(noted(undefined)).toEqual(['loading: Reading versions']);
    expect(noted(list())).toEqual(['none: No version yet']);
    expect(noted(list({ items: [aVersion('d', 9)], next: '8' }))).toEqual(['more: Older versions']);
    const error = new ForebayError('lake-unreachable', 'The lake does not answer.');
    expect(noted(list({ state: 'failed', error }))).toEqual(['failed: The lake does not answer.']);
  });

  test('end with a note while more datasets are to be read', () => {
    expect(keys(aSnapshot({ datasets: [aDataset('a', 1)], nextDatasets: 'a' }), show())).toEqual(['a', '+']);
  });
});
