import { sql } from 'kysely';
import { readPoints } from '../metric/history.ts';
import type { Point } from '../metric/point.ts';
import type { RunDatabase } from '../store/open.ts';

/** Points of several series that are sent together, and how far each series is on the server then. */
export interface PointBatch {
  points: (Point & { key: string })[];
  positions: { metric_id: number; points: number }[];
}

/** Points in one request (mlflow/utils/validation.py). */
export const mostPoints = 1000;

/** What the server lacks first of a run; undefined where it lacks nothing. */
export async function nextPoints(db: RunDatabase, runId: string): Promise<PointBatch | undefined> {
  const behind = await db
    .selectFrom('metric')
    .leftJoin('forwarded_series', 'forwarded_series.metric_id', 'metric.id')
    .select(['metric.id', 'metric.key'])
    .select(sql<number>`coalesce(forwarded_series.points, 0)`.as('sent'))
    .where('metric.run_id', '=', runId)
    .where(sql<boolean>`metric.points > coalesce(forwarded_series.points, 0)`)
    .orderBy('metric.id')
    .limit(mostPoints)
    .execute();
  const batch: PointBatch = { points: [], positions: [] };
  for (const { id, key, sent } of behind) {
    const count = mostPoints - batch.points.length;
    if (count === 0) break;
    const points = await readPoints(db, id, { from: sent, count });
    for (const point of points) batch.points.push({ key, ...point });
    batch.positions.push({ metric_id: id, points: sent + points.length });
  }
  return batch.points.length === 0 ? undefined : batch;
}

export async function keepPositions(db: RunDatabase, positions: PointBatch['positions']): Promise<void> {
  await db
    .insertInto('forwarded_series')
    .values(positions)
    .onConflict((conflict) =>
      conflict.column('metric_id').doUpdateSet((e) => ({ points: e.ref('excluded.points') })),
    )
    .execute();
}
