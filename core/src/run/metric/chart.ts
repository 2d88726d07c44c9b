import type { Selectable } from 'kysely';
import type { RunDatabase } from '../store/open.ts';
import type { MetricRow } from '../store/tables.ts';
import { chunkSize } from './chunk.ts';
import { readPoints } from './history.ts';
import { numberOf } from './point.ts';

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

/** A series in at most `most` buckets, or as it is where it has fewer points; within the steps `from` to `to`. */
export async function readChart(
  db: RunDatabase,
  metric: Pick<Selectable<MetricRow>, 'id' | 'points'>,
  { most, from = -Infinity, to = Infinity }: { most: number; from?: number; to?: number },
): Promise<Bucket[]> {
  const inside = (bucket: Bucket) => bucket.step.to >= from && bucket.step.from <= to;
  if (metric.points <= most) return (await points(db, metric.id)).filter(inside);
  const all = await summaries(db, metric);
  const chunks = all.slice(all.findIndex(inside), all.findLastIndex(inside) + 1);
  const count = pointsIn(chunks);
  // Few enough to be shown as they are: only the chunks that hold them are read.
  const first = pointsIn(all.slice(0, Math.max(0, all.findIndex(inside))));
  const fine = count <= most ? await points(db, metric.id, first, count) : chunks;
  const shown = fine.filter(inside);
  return joined(shown, Math.ceil(shown.length / most));
}

const pointsIn = (buckets: readonly Bucket[]) => buckets.reduce((sum, each) => sum + each.points, 0);

async function points(db: RunDatabase, metricId: number, from = 0, count?: number): Promise<Bucket[]> {
  const all = await readPoints(db, metricId, { from, ...(count === undefined ? {} : { count }) });
  return all.map(({ step, time, value }) => ({
    step: { from: step, to: step },
    time: { from: time, to: time },
    range: Number.isFinite(value) ? { min: value, max: value } : null,
    last: value,
    points: 1,
    gaps: Number.isFinite(value) ? 0 : 1,
  }));
}

/** One bucket a chunk, whose points aren't read, and one a point of the tail. */
async function summaries(db: RunDatabase, { id }: Pick<Selectable<MetricRow>, 'id'>): Promise<Bucket[]> {
  const rows = await db
    .selectFrom('metric_chunk')
    .select(['seq', 'step_min', 'step_max', 'time_min', 'time_max'])
    .select(['value_min', 'value_max', 'value_last', 'gaps'])
    .where('metric_id', '=', id)
    .orderBy('seq')
    .execute();
  const last = rows.at(-1);
  const tail = await points(db, id, last === undefined ? 0 : last.seq + chunkSize);
  const chunks = rows.map((row) => ({
    step: { from: row.step_min, to: row.step_max },
    time: { from: row.time_min, to: row.time_max },
    range:
      row.value_min === null || row.value_max === null ? null : { min: row.value_min, max: row.value_max },
    last: numberOf(row.value_last),
    points: chunkSize,
    gaps: row.gaps,
  }));
  return [...chunks, ...tail];
}

/** Every `times` neighbours as one. */
function joined(buckets: Bucket[], times: number): Bucket[] {
  if (times <= 1) return buckets;
  const all: Bucket[] = [];
  for (let at = 0; at < buckets.length; at += times) {
    all.push(buckets.slice(at, at + times).reduce(join));
  }
  return all;
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
