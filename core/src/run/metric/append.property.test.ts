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
        checkChart(await readChart(db, series, { most: 7 }), points, 7);
      }
    }),
    { numRuns: 40 },
  );
});

/** Every bucket is what its points are, one after the other: no extreme, no gap and no point is left out. */
function checkChart(buckets: Bucket[], points: Point[], most: number): void {
  expect(buckets.length).toBeLessThanOrEqual(most);
  expect(buckets.reduce((total, each) => total + each.points, 0)).toBe(points.length);
  let from = 0;
  for (const bucket of buckets) {
    const own = points.slice(from, from + bucket.points);
    expect(bucket).toEqual({ ...spanOf(own), points: own.length, last: own.at(-1)?.value });
    from += own.length;
  }
}

/** Steps, times and values of points; loops, since there may be more of them than arguments. */
function spanOf(points: readonly Point[]): Pick<Bucket, 'step' | 'time' | 'range' | 'gaps'> {
  const finite = points.map(({ value }) => value).filter(Number.isFinite);
  const ends = (all: number[]) => ({
    from: all.reduce((a, b) => Math.min(a, b)),
    to: all.reduce((a, b) => Math.max(a, b)),
  });
  const { from: min, to: max } = finite.length > 0 ? ends(finite) : { from: 0, to: 0 };
  return {
    step: ends(points.map(({ step }) => step)),
    time: ends(points.map(({ time }) => time)),
    range: finite.length > 0 ? { min, max } : null,
    gaps: points.length - finite.length,
  };
}

/** Long enough for several levels above the chunks; `cuts` are the batches in which it is logged. */
const long = fc.record({
  seed: fc.integer({ min: 1, max: 2 ** 31 - 2 }),
  cuts: fc.array(fc.record({ count: fc.integer({ min: 1, max: 5000 }), atOnce: fc.boolean() }), {
    minLength: 4,
    maxLength: 8,
  }),
  most: fc.constantFrom(1, 2, 7, 50, 800),
  part: fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true })),
});

test('a long series keeps each point at every level of its chart, and so does each part of it', async () => {
  await fc.assert(
    fc.asyncProperty(long, async ({ seed, cuts, most, part }) => {
      const runId = await newRun(db);
      const all = walk(
        seed,
        cuts.reduce((sum, { count }) => sum + count, 0),
      );
      let done = 0;
      for (const { count, atOnce } of cuts) {
        const points = all.slice(done, done + count);
        done += count;
        const named = points.map((each) => ({ key: 'walk', ...each }));
        await db
          .transaction()
          .execute((within) =>
            atOnce ? appendSeries(within, runId, 'walk', points) : appendPoints(within, runId, named),
          );
      }
      const series = await findSeries(db, runId, 'walk');
      if (!series) throw new Error('walk is gone');
      checkChart(await readChart(db, series, { most }), all, most);
      const [from, to] = part.map((share) => Math.round(share * all.length)).sort((a, b) => a - b);
      checkPart(await readChart(db, series, { most, from: from ?? 0, to: to ?? 0 }), all, {
        ...{ most, from: from ?? 0, to: to ?? 0 },
      });
    }),
    { numRuns: 25 },
  );
});

/** It may show points around those steps, but leaves out none within. */
function checkPart(
  buckets: Bucket[],
  all: Point[],
  { most, from, to }: { most: number; from: number; to: number },
): void {
  expect(buckets.length).toBeLessThanOrEqual(most);
  const first = all.findIndex(({ step }) => step === buckets[0]?.step.from);
  const shown = all.slice(first, first + buckets.reduce((total, each) => total + each.points, 0));
  checkChart(buckets, shown, most);
  const inside = all.filter(({ step }) => step >= from && step <= to);
  expect(shown).toEqual(expect.arrayContaining(inside.slice(0, 1)));
  expect(shown).toEqual(expect.arrayContaining(inside.slice(-1)));
  // As many buckets as may be, or nearly so many points as are asked for.
  expect(buckets.length).toBeGreaterThanOrEqual(Math.min(inside.length, most) / 2);
}

/** So many points at steps 0, 1, 2, ..., one in fifty not finite. */
function walk(seed: number, count: number): Point[] {
  let state = seed;
  // Lehmer's generator: MINSTD.
  const random = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
  const odd = [Number.NaN, Infinity, -Infinity];
  let value = 0;
  return Array.from({ length: count }, (_, step) => {
    value += random() - 0.5;
    const isOdd = random() < 0.02;
    return { step, time: 1000 + step * 3, value: isOdd ? (odd[Math.floor(random() * 3)] as number) : value };
  });
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

test('the points of a long series are not read, however fine its chart is to be; those of a part are', async () => {
  const runId = await newRun(db);
  const all = walk(1, 400 * 256);
  await db.transaction().execute((within) => appendSeries(within, runId, 'walk', all));
  const series = await findSeries(db, runId, 'walk');
  if (!series) throw new Error('walk is gone');
  const whole = await readChart(db, series, { most: 10_000 });
  expect(whole.map((each) => each.points)).toEqual(Array.from({ length: 400 }, () => 256));
  const part = await readChart(db, series, { most: 10_000, from: 50_000, to: 59_999 });
  expect(part).toHaveLength(10_000);
  checkChart(part, all.slice(50_000, 60_000), 10_000);
});

/** The same point stands once, however often it is logged. */
function withNew(known: readonly Point[], points: readonly Point[]): Point[] {
  const text = ({ step, time, value }: Point) => `${step} ${time} ${value}`;
  const seen = new Set(known.map(text));
  const fresh = points.filter((each) => !seen.has(text(each)) && seen.add(text(each)));
  return [...known, ...fresh];
}
