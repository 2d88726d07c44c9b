import type { Selectable } from 'kysely';
import type { RunDatabase } from '../store/open.ts';
import type { MetricRow, SummaryColumns } from '../store/tables.ts';
import { chunkSize } from './chunk.ts';
import { mostAtOnce, readPoints } from './history.ts';
import { fanOut, readLevel } from './levels.ts';
import { numberOf } from './point.ts';
import { summaryOf } from './summary.ts';

/** What one column of pixels shows of a series. */
export interface Bucket {
  step: { from: number; to: number };
  /** Milliseconds since 1970. */
  time: { from: number; to: number };
  /** Null where no point is finite. */
  range: { min: number; max: number } | null;
  /** NaN where the last one isn't a number. */
  last: number;
  points: number;
  /** How many points are NaN or infinite: drawn as a gap with a mark. */
  gaps: number;
}

/** Consecutive points, by their numbers; `end` is that of the first one after them. */
interface Span {
  first: number;
  end: number;
}

/**
 * A series in at most `most` buckets, or as it is where it has fewer points; within the steps `from` to `to`. However long
 * it is, what is read are some buckets for each that is shown: the coarsest level that still has enough of them.
 */
export function readChart(
  db: RunDatabase,
  metric: Pick<Selectable<MetricRow>, 'id' | 'points'>,
  { most, from = -Infinity, to = Infinity }: { most: number; from?: number; to?: number },
): Promise<Bucket[]> {
  const inside = ({ step }: Bucket) => step.to >= from && step.from <= to;
  // Nobody may move points from one level to the next between two reads.
  return db.transaction().execute(async (within) => {
    let span = { first: 0, end: metric.points };
    for (;;) {
      const size = sizeFor(span, most);
      const all = await bucketsOf(within, metric.id, size, span);
      const shown = all.slice(all.findIndex(inside), all.findLastIndex(inside) + 1);
      const first =
        span.first - (span.first % size) + pointsIn(all.slice(0, Math.max(0, all.findIndex(inside))));
      span = { first, end: first + pointsIn(shown) };
      // Of a part, a finer level has enough.
      if (sizeFor(span, most) >= size) return columns(shown.filter(inside), most);
    }
  });
}

/**
 * How many points a bucket that is read stands for: a power of four, small enough that there is one for each that is shown.
 * Of a series that is too long to be read point by point it is a chunk at least.
 */
function sizeFor({ first, end }: Span, most: number): number {
  let size = end - first > mostAtOnce ? chunkSize : 1;
  while (size * fanOut * most <= end - first) size *= fanOut;
  return size;
}

const pointsIn = (buckets: readonly Bucket[]) => buckets.reduce((sum, each) => sum + each.points, 0);

/** All points of a span, and those before it that share its first bucket; the last ones, that fill no bucket, in smaller ones. */
async function bucketsOf(db: RunDatabase, metricId: number, size: number, span: Span): Promise<Bucket[]> {
  const { end } = span;
  const first = span.first - (span.first % size);
  if (first >= end) return [];
  if (size < chunkSize) {
    const points = await readPoints(db, metricId, { from: first, count: end - first });
    const count = Math.ceil(points.length / size);
    return Array.from({ length: count }, (_, at) => {
      const some = points.slice(at * size, (at + 1) * size);
      return bucketOf(summaryOf(some), some.length);
    });
  }
  const rows = await readLevel(db, metricId, { size, first, end });
  const rest = (rows.at(-1)?.seq ?? first - size) + size;
  const finer = await bucketsOf(db, metricId, size / fanOut, { first: rest, end });
  return [...rows.map((row) => bucketOf(row, size)), ...finer];
}

function bucketOf(row: SummaryColumns, points: number): Bucket {
  const { value_min: min, value_max: max } = row;
  return {
    step: { from: row.step_min, to: row.step_max },
    time: { from: row.time_min, to: row.time_max },
    range: min === null || max === null ? null : { min, max },
    last: numberOf(row.value_last),
    points,
    gaps: row.gaps,
  };
}

/** As many as there are columns at most, each with about as many points as the others. */
function columns(buckets: readonly Bucket[], most: number): Bucket[] {
  const all = pointsIn(buckets);
  const joined: Bucket[] = [];
  let before = 0;
  let column = -1;
  for (const bucket of buckets) {
    const own = Math.floor((before * most) / all);
    const last = joined.at(-1);
    if (last && own === column) joined[joined.length - 1] = join(last, bucket);
    else joined.push(bucket);
    column = own;
    before += bucket.points;
  }
  return joined;
}

function join(a: Bucket, b: Bucket): Bucket {
  const span = (x: Bucket['step'], y: Bucket['step']) => ({
    from: Math.min(x.from, y.from),
    to: Math.max(x.to, y.to),
  });
  return {
    step: span(a.step, b.step),
    time: span(a.time, b.time),
    range:
      a.range && b.range
        ? { min: Math.min(a.range.min, b.range.min), max: Math.max(a.range.max, b.range.max) }
        : (a.range ?? b.range),
    last: b.last,
    points: a.points + b.points,
    gaps: a.gaps + b.gaps,
  };
}
