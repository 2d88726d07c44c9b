import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunDatabase } from '../store/open.ts';
import { newRun, newRuns } from '../testing.ts';
import { appendPoints } from './append.ts';
import { appendSeries } from './appendSeries.ts';
import { type Bucket, readChart } from './chart.ts';
import { findSeries, readPoints } from './history.ts';
import { isNewer, type Point } from './point.ts';

let db: RunDatabase;
beforeAll(async () => {
  db = await newRuns();
});
afterAll(() => db.destroy());

/** One zero only: SQLite and JSON have no other. */
const value = fc
  .oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY))
  .map((number) => number + 0);
const point = fc.record({
  step: fc.integer({ min: -5, max: 2000 }),
  time: fc.nat(),
  value,
});
/** What a library logs twice. */
const few = fc.record({
  step: fc.nat(2),
  time: fc.nat(2),
  value: fc.constantFrom(0, 1, Number.NaN, Number.POSITIVE_INFINITY),
});
/** Batches that cross the ends of chunks in every way. */
const batches = fc.array(
  fc.tuple(
    fc.constantFrom('loss', 'accuracy'),
    fc.array(fc.oneof(point, few), { minLength: 1, maxLength: 400 }),
    fc.boolean(),
  ),
  { minLength: 1, maxLength: 6 },
);

test('points come back as they were logged, in their order and each once, wherever one begins to read', async () => {
  await fc.assert(
    fc.asyncProperty(batches, fc.nat(2000), fc.nat(300), async (all, from, count) => {
      const runId = await newRun(db);
      const expected = new Map<string, Point[]>();
      for (const [key, points, atOnce] of all) {
        const named = points.map((each) => ({ key, ...each }));
        await db
          .transaction()
          .execute((within) =>
            atOnce ? appendSeries(within, runId, key, points) : appendPoints(within, runId, named),
          );
        const known = expected.get(key) ?? [];
        expected.set(key, atOnce ? [...known, ...points] : withNew(known, points));
      }
      for (const [key, points] of expected) {
        const series = await findSeries(db, runId, key);
        if (!series) throw new Error(`${key} is gone`);
        expect(series.points).toBe(points.length);
        expect(await readPoints(db, series.id)).toEqual(points);
        expect(await readPoints(db, series.id, { from, count })).toEqual(points.slice(from, from + count));
        const newest = points.reduce((best, each) => (isNewer(each, best) ? each : best));
        expect([series.step, series.time]).toEqual([newest.step, newest.time]);
        checkChart(await readChart(db, series, { most: 7 }), points);
      }
    }),
    { numRuns: 40 },
  );
});

/** A chart leaves out no extreme, no gap and no point. */
function checkChart(buckets: Bucket[], points: Point[]): void {
  expect(buckets.length).toBeLessThanOrEqual(7);
  const finite = points.map((each) => each.value).filter(Number.isFinite);
  const sum = (of: (bucket: Bucket) => number) => buckets.reduce((total, each) => total + of(each), 0);
  expect(sum((each) => each.points)).toBe(points.length);
  expect(sum((each) => each.gaps)).toBe(points.length - finite.length);
  const ranges = buckets.flatMap(({ range }) => (range ? [range] : []));
  if (finite.length > 0) {
    expect(Math.min(...ranges.map(({ min }) => min))).toBe(Math.min(...finite));
    expect(Math.max(...ranges.map(({ max }) => max))).toBe(Math.max(...finite));
  }
  const last = points.at(-1)?.value ?? 0;
  expect(buckets.at(-1)?.last).toBe(last);
}

test('a part of the steps is charted more finely', async () => {
  const runId = await newRun(db);
  const points = Array.from({ length: 3000 }, (_, at) => ({ step: at, time: at, value: Math.sin(at / 50) }));
  await appendPoints(
    db,
    runId,
    points.map((each) => ({ key: 'wave', ...each })),
  );
  const series = await findSeries(db, runId, 'wave');
  if (!series) throw new Error('wave is gone');
  const whole = await readChart(db, series, { most: 100 });
  expect(whole.length).toBeLessThanOrEqual(100);
  const part = await readChart(db, series, { most: 1000, from: 1000, to: 1099 });
  expect(part.map(({ step }) => step.from)).toEqual(Array.from({ length: 100 }, (_, at) => 1000 + at));
});

/** The same point stands once, however often it is logged. */
function withNew(known: readonly Point[], points: readonly Point[]): Point[] {
  const text = ({ step, time, value }: Point) => `${step} ${time} ${value}`;
  const seen = new Set(known.map(text));
  const fresh = points.filter((each) => !seen.has(text(each)) && seen.add(text(each)));
  return [...known, ...fresh];
}
