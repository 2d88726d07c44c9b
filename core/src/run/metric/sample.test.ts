import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDatabase } from '../store/open.ts';
import { newRun, newRuns } from '../testing.ts';
import { appendPoints } from './append.ts';
import { findSeries } from './history.ts';
import { samplePoints } from './sample.ts';

let db: RunDatabase;
beforeAll(async () => {
  db = await newRuns();
});
afterAll(() => db.destroy());

/** A series of so many points at steps 0, 1, 2, ... */
async function seriesOf(count: number) {
  const runId = await newRun(db);
  await db.transaction().execute(async (within) => {
    for (let from = 0; from < count; from += 5000) {
      const some = Array.from({ length: Math.min(5000, count - from) }, (_, at) => from + at);
      await appendPoints(
        within,
        runId,
        some.map((step) => ({ key: 'loss', step, time: step, value: step })),
      );
    }
  });
  const series = await findSeries(db, runId, 'loss');
  if (!series) throw new Error('no series');
  return async (from: number, to: number, most: number) =>
    (await samplePoints(db, series, { from, to }, most)).map(({ step }) => step);
}

test('a series is thinned evenly, and ends where it ended', async () => {
  const sample = await seriesOf(700);
  expect(await sample(-Infinity, Infinity, 7)).toEqual([0, 100, 200, 300, 400, 500, 699]);
  expect(await sample(250, 600, 4)).toEqual([250, 338, 426, 600]);
  expect(await sample(690, 900, 100)).toEqual([690, 691, 692, 693, 694, 695, 696, 697, 698, 699]);
  expect(await sample(0, 1e9, 1)).toEqual([699]);
  expect(await sample(800, 900, 5)).toEqual([]);
});

test('of a long series only what is shown is read, and its ends are there', async () => {
  const sample = await seriesOf(150_300);
  const all = await sample(-Infinity, Infinity, 1000);
  expect([all.length, all[0], all.at(-1)]).toEqual([1000, 0, 150_299]);
  const part = await sample(20_000, 149_000, 100);
  expect(part.every((step) => step >= 20_000 && step <= 149_000)).toBe(true);
  expect(part.length).toBeGreaterThan(97);
  expect(await sample(149_990, 150_010, 50)).toHaveLength(21);
});
