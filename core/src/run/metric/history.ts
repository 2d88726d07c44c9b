import type { RunDatabase } from '../store/open.ts';
import { chunkSize, decodePoints } from './chunk.ts';
import { numberOf, type Point } from './point.ts';

/** Points of a series that are read at once, whatever is asked for. */
export const mostAtOnce = 100_000;

/** Some of a series' points in the order in which they were logged, from the one numbered `from`. */
export async function readPoints(
  db: RunDatabase,
  metricId: number,
  { from = 0, count = Number.MAX_SAFE_INTEGER }: { from?: number; count?: number } = {},
): Promise<Point[]> {
  const first = from - (from % chunkSize);
  const chunks = await db
    .selectFrom('metric_chunk')
    .select(['seq', 'points'])
    .where('metric_id', '=', metricId)
    .where('seq', '>=', first)
    .orderBy('seq')
    .limit(Math.ceil(Math.min(count, 1e12) / chunkSize) + 1)
    .execute();
  const all = chunks.flatMap(({ seq, points }) => decodePoints(points).slice(Math.max(0, from - seq)));
  if (all.length < count) {
    const tail = await db
      .selectFrom('metric_tail')
      .select(['step', 'time', 'value'])
      .where('metric_id', '=', metricId)
      .where('seq', '>=', from)
      .orderBy('seq')
      .limit(Math.min(count, chunkSize))
      .execute();
    for (const { step, time, value } of tail) all.push({ step, time, value: numberOf(value) });
  }
  return all.slice(0, count);
}

/** The series of one name; undefined where nothing was logged under it. */
export function findSeries(db: RunDatabase, runId: string, key: string) {
  return db
    .selectFrom('metric')
    .selectAll()
    .where('run_id', '=', runId)
    .where('key', '=', key)
    .executeTakeFirst();
}
