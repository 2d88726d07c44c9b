import { expect, test } from 'vitest';
import { aDataset, aPlacement, aVersion } from '../../src/api/testing.ts';
import { arrangeDatasets, datasetRows, labelsOf } from './datasetRows.ts';
import { datasetsView } from './datasetsView.ts';

const xray = { ...aDataset('chest-xray', 3, 'lungs from three hospitals'), labels: ['radiology', 'x-ray'] };
const mnist = { ...aDataset('mnist', 2), latest: { ...aVersion('mnist', 2), author: 'ben', bytes: 11 } };
const empty = { ...aDataset('next', 0), labels: ['radiology'] };
const rows = datasetRows(
  [xray, mnist, empty],
  [
    aPlacement('mnist', 1, 'ready', { cache: 'b' }),
    aPlacement('mnist', 2, 'ready', { cache: 'a' }),
    aPlacement('mnist', 2, 'ready', { cache: 'b' }),
    aPlacement('chest-xray', 3, 'filling'),
  ],
  [
    { dataset: 'chest-xray', version: 1, lastUsed: '2025-12-01T00:00:00Z' },
    { dataset: 'mnist', version: 2, lastUsed: '2026-01-02T00:00:00Z' },
    { dataset: 'mnist', version: 1, lastUsed: '2026-02-01T00:00:00Z' },
  ],
);
const names = (some: object) =>
  arrangeDatasets(rows, { ...datasetsView, sort: 'name', ...some }).map(({ dataset }) => dataset.name);

test('a dataset is cached where any of its versions is ready, and was used when the last of them was, cached now or not', () => {
  expect(rows.map(({ caches, lastUsed }) => [caches, lastUsed])).toEqual([
    [[], '2025-12-01T00:00:00Z'],
    [['a', 'b'], '2026-02-01T00:00:00Z'],
    [[], null],
  ]);
});

test('words are looked for in names, descriptions, labels and authors; all must be there', () => {
  expect(names({ search: 'RADIO lungs' })).toEqual(['chest-xray']);
  expect(names({ search: 'ben' })).toEqual(['mnist']);
  expect(names({ search: 'lungs ben' })).toEqual([]);
  expect(names({ shown: 'cached' })).toEqual(['mnist']);
  expect(names({ label: 'radiology' })).toEqual(['chest-xray', 'next']);
});

test('what has no value stands last, whichever way it is sorted', () => {
  expect(names({ sort: '-size' })).toEqual(['chest-xray', 'mnist', 'next']);
  expect(names({ sort: 'size' })).toEqual(['mnist', 'chest-xray', 'next']);
  expect(names({ sort: 'nonsense' })).toEqual(['chest-xray', 'mnist', 'next']);
});

test('labels are counted', () => {
  expect(labelsOf(rows)).toEqual([
    { label: 'radiology', count: 2 },
    { label: 'x-ray', count: 1 },
  ]);
});
