import { expect, test } from 'vitest';
import type { Plotted, Source } from '../series.ts';
import { summaryOf } from './summary.ts';

const source = (name: string): Source => ({
  ...{ key: 'loss', runId: name, name, runName: name, colour: '#000000', dashed: false, start: 0 },
});
const [a, b] = [source('a'), source('b')];

test('a line is told by its ends, its extremes, and where it is no number', () => {
  const plot: Plotted = {
    data: [
      [1, 2, 3, 4],
      [4, null, 1, 2],
      [5, null, 1, 2],
      [3, null, 0.5, 2],
      [undefined, 7, undefined, undefined],
    ] as Plotted['data'],
    drawn: [
      { source: a, role: 'main' },
      { source: a, role: 'high' },
      { source: a, role: 'low' },
      { source: b, role: 'main' },
    ],
    marks: [{ x: 2, source: a }],
  };
  expect(summaryOf(plot)).toEqual([
    { source: a, from: 1, to: 4, points: 3, first: 4, newest: 2, least: 0.5, greatest: 5, marks: [2] },
    { source: b, from: 2, to: 2, points: 1, first: 7, newest: 7, least: 7, greatest: 7, marks: [] },
  ]);
});

test('of a smoothed line, what it was before counts for nothing; a line without numbers has none', () => {
  const plot: Plotted = {
    data: [
      [1, 2],
      [4, 3],
      [4, 2],
      [null, null],
    ] as Plotted['data'],
    drawn: [
      { source: a, role: 'main' },
      { source: a, role: 'raw' },
      { source: b, role: 'main' },
    ],
    marks: [],
  };
  const [smoothed, empty] = summaryOf(plot);
  expect(smoothed).toMatchObject({ newest: 3, least: 3, greatest: 4 });
  expect(empty).toMatchObject({ from: null, to: null, points: 0, first: null, least: null });
});
