import { expect, test } from 'vitest';
import type { RunBucket } from '../../src/api/schemas.ts';
import { type Loaded, plotted, stepsWithin } from './series.ts';

const bucket = (step: number, last: number | null, points = 1): RunBucket => ({
  step: { from: step, to: step + points - 1 },
  time: { from: step * 1000, to: step * 1000 + 500 },
  ...{ min: last === null ? null : last - 1, max: last, last, points, gaps: last === null ? 1 : 0 },
});
const loaded = (buckets: RunBucket[], epochs: RunBucket[] = []): Loaded => ({
  source: { key: 'loss', runId: 'a', name: 'a', runName: 'a', colour: '#000000', dashed: false, start: 1000 },
  ...{ buckets, epochs },
});
/** As uPlot's for tables that share their x. */
const join = ((tables: number[][][]) => [
  tables[0]?.[0],
  ...tables.flatMap(([, ...columns]) => columns),
]) as never;
const plain = { axis: 'step', smooth: 0, log: false } as const;

test('a chart holds the line, what it was before smoothing, and the band that buckets span', () => {
  const all = [loaded([bucket(1, 4, 9), bucket(10, 2, 9)])];
  expect(plotted(all, plain, join)?.drawn.map(({ role }) => role)).toEqual(['main', 'high', 'low']);
  const smoothed = plotted(all, { ...plain, smooth: 0.5 }, join);
  expect(smoothed?.drawn.map(({ role }) => role)).toEqual(['main', 'raw', 'high', 'low']);
  expect(smoothed?.data[2]).toEqual([4, 2]);
});

test('a logarithmic axis leaves out what has no logarithm', () => {
  const chart = plotted(
    [loaded([bucket(1, 4), bucket(2, 0), bucket(3, null)])],
    { ...plain, log: true },
    join,
  );
  expect(chart?.data[1]).toEqual([4, null, null]);
  expect(chart?.marks.map(({ x }) => x)).toEqual([3]);
});

test('time begins with the run; an epoch is where the run says it is', () => {
  const epochs = [bucket(1, 0), bucket(3, 1)];
  const all = [loaded([bucket(2, 5), bucket(4, 6)], epochs)];
  expect(plotted(all, { ...plain, axis: 'time' }, join)?.data[0]).toEqual([1.5, 3.5]);
  expect(plotted(all, { ...plain, axis: 'epoch' }, join)?.data[0]).toEqual([0, 1]);
  expect(plotted([loaded([bucket(2, 5)])], { ...plain, axis: 'epoch' }, join)).toBeNull();
});

test('a stretch of time is read again by the steps within it', () => {
  const all = [loaded([bucket(2, 5, 8), bucket(10, 6, 10), bucket(20, 1, 10)])];
  expect(stepsWithin(all, 'time', [9, 12])).toEqual({ from: 10, to: 19 });
  expect(stepsWithin(all, 'time', [90, 91])).toBeNull();
});
