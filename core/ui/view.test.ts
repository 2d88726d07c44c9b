import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareView } from './compare/compareView.ts';
import { diffKinds, diffView } from './diff/diffView.ts';
import { lineageView } from './lineage/lineageView.ts';
import { runView } from './run/runView.ts';
import { tableView } from './runs/runsView.ts';
import { namesMore, readView, type View, viewKey, writeView } from './view.ts';

const line = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\n'));
const charts = fc.record({
  axis: fc.constantFrom('step', 'time', 'epoch'),
  smooth: fc.constantFrom(0, 0.6, 0.99),
  log: fc.boolean(),
});
const names = fc.array(line.filter((text) => text !== ''));
const kinds = fc.subarray([...diffKinds]);
const views: fc.Arbitrary<View> = fc.oneof(
  fc
    .record({ search: line, filter: line, experiment: line, sort: line, group: line, columns: names })
    .map((some) => ({ ...tableView, ...some, columns: some.columns.length === 0 ? null : some.columns })),
  line.map(lineageView),
  fc
    .record({ dataset: line, from: fc.nat(), to: fc.nat(), filter: line, path: line, kinds })
    .map(({ dataset, from, to, kinds, ...some }) =>
      diffView(dataset, from, to, { ...some, layout: 'list', kinds: kinds.length === 0 ? null : kinds }),
    ),
  fc.record({ id: line, charts }).map(({ id, charts }) => ({ ...runView(id), ...charts })),
  fc.record({ ids: names, charts }).map(({ ids, charts }) => ({ ...compareView(ids), ...charts })),
) as fc.Arbitrary<View>;

test('a view that is written is read as it was', () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(readView(writeView(view))).toEqual(view);
    }),
  );
});

test('only what was chosen stands in its address', () => {
  expect(writeView(tableView)).toBe('runs');
  expect(writeView({ ...runView('a1'), tab: 'code' })).toBe('run?id=a1&tab=code');
});

test('what an address gets wrong is as usual', () => {
  expect(readView('run?id=a1&tab=attic&smooth=7&log=maybe')).toEqual(runView('a1'));
  const pair = 'diff?dataset=d&from=1&to=2';
  expect(readView(`${pair}&kinds=attic%0Amoved`)).toEqual(diffView('d', 1, 2, { kinds: ['moved'] }));
  expect(readView(`${pair}&kinds=attic`)).toEqual(diffView('d', 1, 2));
  expect(readView('etc/passwd')).toBeUndefined();
});

test('one tab a run and a comparison, one for all tables', () => {
  expect(viewKey({ ...runView('a'), tab: 'code' })).toBe(viewKey(runView('a')));
  expect(viewKey(runView('a'))).not.toBe(viewKey(runView('b')));
  expect(viewKey({ ...compareView(['a', 'b']), log: true })).toBe(viewKey(compareView(['a', 'b'])));
  expect(viewKey({ ...tableView, search: 'x' })).toBe(viewKey(tableView));
});

test('who asks for a page alone leaves it as it is', () => {
  expect([tableView, runView('a')].some(namesMore)).toBe(false);
  expect(
    [
      { ...tableView, filter: 'x' },
      { ...runView('a'), log: true },
    ].every(namesMore),
  ).toBe(true);
});
