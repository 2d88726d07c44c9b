import { expect, test } from 'vitest';
import { exampleMetrics, exampleRun } from '../testing.ts';
import { type Arrangement, arrange } from './arrange.ts';
import { columnsOf, usualColumns } from './columns.ts';

const runs = [
  exampleRun('a', { params: { lr: '0.1', model: 'cnn' }, metrics: exampleMetrics({ loss: 0.3 }) }),
  exampleRun('b', { params: { lr: '0.02', model: 'svm' }, metrics: exampleMetrics({ loss: 0.1 }) }),
  exampleRun('c', { params: { model: 'svm' }, tags: { 'forebay.starred': 'true', stage: 'draft' } }),
  exampleRun('d', { tags: { 'forebay.archived': 'true' } }),
  exampleRun('e', { deleted: true, metrics: exampleMetrics({ loss: Number.NaN }) }),
];
const columns = columnsOf(runs);
const rows = (wanted: Partial<Arrangement>) =>
  arrange(runs, columns, {
    ...{ search: '', shown: 'active', sort: '', group: '', folded: new Set(), ...wanted },
  } as Arrangement).map((row) => (row.kind === 'run' ? row.run.id : `${row.text} ${row.count}`));

test('what was archived or deleted is out of the way, and in a place of its own', () => {
  expect(rows({})).toEqual(['a', 'b', 'c']);
  expect([rows({ shown: 'starred' }), rows({ shown: 'archived' }), rows({ shown: 'deleted' })]).toEqual([
    ...[['c'], ['d'], ['e']],
  ]);
});

test('numbers sort as numbers, and runs without one come last in both directions', () => {
  expect(rows({ sort: 'param:lr' })).toEqual(['b', 'a', 'c']);
  expect(rows({ sort: '-metric:loss' })).toEqual(['a', 'b', 'c']);
});

test('every word that is searched for must be there, in any case', () => {
  expect(rows({ search: 'SVM lr=0.02' })).toEqual(['b']);
  expect(rows({ search: 'stage=draft' })).toEqual(['c']);
});

test('groups say how many they hold, and fold', () => {
  expect(rows({ group: 'param:model' })).toEqual(['cnn 1', 'a', 'svm 2', 'b', 'c']);
  expect(rows({ group: 'param:model', folded: new Set(['svm']) })).toEqual(['cnn 1', 'a', 'svm 2']);
});

test('a table begins with what tells runs apart', () => {
  expect(usualColumns(columns, runs)).toEqual([
    ...['started', 'duration', 'metric:loss', 'param:lr', 'param:model'],
  ]);
});

test('a metric that is no number says so, and sorts as if it were not there', () => {
  const loss = columns.find(({ id }) => id === 'metric:loss');
  expect([loss?.text(runs[4] as never), loss?.value(runs[4] as never)]).toEqual(['NaN', null]);
});

test('a parameter may have any name', () => {
  const odd = [exampleRun('a', { params: { constructor: '1', toString: 'x' } }), exampleRun('b')];
  const all = columnsOf(odd);
  expect(all.find(({ id }) => id === 'param:constructor')?.value(odd[1] as never)).toBeNull();
  expect(usualColumns(all, odd)).toContain('param:toString');
});
