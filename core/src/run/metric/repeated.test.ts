import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunDatabase } from '../store/open.ts';
import { newRun, newRuns } from '../testing.ts';
import { appendPoints } from './append.ts';
import { findSeries, readPoints } from './history.ts';

let db: RunDatabase;
let run: string;
beforeEach(async () => {
  db = await newRuns();
  run = await newRun(db);
});
afterEach(() => db.destroy());

const add = (points: [step: number, time: number, value: number][]) =>
  appendPoints(
    db,
    run,
    points.map(([step, time, value]) => ({ key: 'loss', step, time, value })),
  );

async function logged() {
  const series = await findSeries(db, run, 'loss');
  if (!series) throw new Error('no series');
  const points = await readPoints(db, series.id);
  expect(series.points).toBe(points.length);
  return points.map(({ step, time, value }) => [step, time, value]);
}

test('a point that a library logs again stands once, also after others and among those of one batch', async () => {
  await add([
    [0, 10, 0.5],
    [0, 10, 0.5],
    [1, 20, Number.NaN],
  ]);
  await add([
    [1, 20, Number.NaN],
    [0, 10, 0.5],
  ]);
  expect(await logged()).toEqual([
    [0, 10, 0.5],
    [1, 20, Number.NaN],
  ]);
});

test('another value at the same step and time is another point', async () => {
  await add([[0, 10, 0.5]]);
  await add([[0, 10, 0.4]]);
  await add([[0, 9, 0.5]]);
  expect(await logged()).toHaveLength(3);
});

test('what came long ago is known too', async () => {
  const all = Array.from({ length: 5000 }, (_, at) => [at, at, at / 2] as [number, number, number]);
  await add(all);
  await add(all.slice(100, 400));
  await add([[7, 7, 3.5]]);
  await add([[7, 7, 3.25]]);
  expect(await logged()).toHaveLength(5001);
});
