import { sql } from 'kysely';
import { invalid } from '../error.ts';
import type { RunDatabase } from '../store/open.ts';
import { chunkOf, chunkSize } from './chunk.ts';
import { addLevels } from './levels.ts';
import { isNewer, numberOf, type Point, storedValue } from './point.ts';
import { withoutRepeated } from './repeated.ts';

export interface NamedPoint extends Point {
  key: string;
  /** The model that it was measured of, where there is one. */
  model?: MeasuredModel | undefined;
}

export interface MeasuredModel {
  id: string;
  /** What it was measured on; both empty where that wasn't said. */
  dataset: { name: string; digest: string };
}

/** Of one series: how many points it has now, and those that came. */
interface Grown {
  id: number;
  points: number;
  added: Point[];
}

/** Adds points to a run's series, in their order, but for those that are there; within a transaction of the caller. */
export async function appendPoints(
  db: RunDatabase,
  runId: string,
  points: readonly NamedPoint[],
): Promise<void> {
  if (points.length === 0) return;
  const byKey = new Map<string, Point[]>();
  for (const point of points) {
    const series = byKey.get(point.key);
    if (series) series.push(point);
    else byKey.set(point.key, [point]);
  }
  const added = await withoutRepeated(db, runId, byKey);
  if (added.size === 0) return;
  const grown = await growSeries(db, runId, added);
  const rows = grown.flatMap(({ id, points, added }) =>
    added.map(({ step, time, value }, at) => ({
      metric_id: id,
      seq: points - added.length + at,
      step,
      time,
      value: storedValue(value),
    })),
  );
  await db.insertInto('metric_tail').values(rows).execute();
  for (const series of grown) if (fillsChunk(series)) await compact(db, series);
}

/** Counts the points and keeps the newest of each series, in one statement however many series there are. */
async function growSeries(
  db: RunDatabase,
  runId: string,
  byKey: ReadonlyMap<string, Point[]>,
): Promise<Grown[]> {
  const rows = [...byKey].map(([key, points]) => {
    const { step, time, value } = points.reduce((newest, each) => (isNewer(each, newest) ? each : newest));
    return { run_id: runId, key, points: points.length, step, time, value: storedValue(value) };
  });
  const newer = sql<boolean>`(excluded.step, excluded.time, coalesce(excluded.value, 9e999)) >= (metric.step, metric.time, coalesce(metric.value, -9e999))`;
  const either = (column: 'step' | 'time' | 'value') =>
    sql<number>`case when ${newer} then ${sql.ref(`excluded.${column}`)} else ${sql.ref(`metric.${column}`)} end`;
  const counted = await db
    .insertInto('metric')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['run_id', 'key']).doUpdateSet({
        points: sql`metric.points + excluded.points`,
        step: either('step'),
        time: either('time'),
        value: either('value'),
      }),
    )
    .returning(['id', 'key', 'points'])
    .execute();
  const grown = counted.map(({ id, key, points }) => ({ id, points, added: byKey.get(key) ?? [] }));
  if (grown.some(({ points, added }) => points === added.length)) await checkSeries(db, runId);
  return grown;
}

/** Series of one run. A step in a metric's name makes a new one with every point: soon no table and no page could show them. */
export const mostSeries = 20_000;

async function checkSeries(db: RunDatabase, runId: string): Promise<void> {
  const { count } = await db
    .selectFrom('metric')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow();
  if (count <= mostSeries) return;
  throw invalid(
    `A run can have at most ${mostSeries} metrics. Log the points of a series under one name, each with its step.`,
  );
}

const fillsChunk = ({ points, added }: Grown) =>
  Math.floor(points / chunkSize) > Math.floor((points - added.length) / chunkSize);

/** Whole chunks of the tail become one row each. */
async function compact(db: RunDatabase, { id, points }: Grown): Promise<void> {
  const end = points - (points % chunkSize);
  const tail = await db
    .selectFrom('metric_tail')
    .select(['seq', 'step', 'time', 'value'])
    .where('metric_id', '=', id)
    .where('seq', '<', end)
    .orderBy('seq')
    .execute();
  const all = tail.map(({ step, time, value }) => ({ step, time, value: numberOf(value) }));
  const chunks = [];
  for (let at = 0; at < all.length; at += chunkSize) {
    chunks.push({ metric_id: id, seq: tail[at]?.seq ?? 0, ...chunkOf(all.slice(at, at + chunkSize)) });
  }
  await db.insertInto('metric_chunk').values(chunks).execute();
  await db.deleteFrom('metric_tail').where('metric_id', '=', id).where('seq', '<', end).execute();
  await addLevels(db, id, end - all.length, end);
}
