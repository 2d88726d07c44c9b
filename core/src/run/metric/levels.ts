import { sql } from 'kysely';
import type { RunDatabase } from '../store/open.ts';
import { chunkSize } from './chunk.ts';

/** A summary of one level stands for so many of the level below; the lowest level are the chunks. */
export const fanOut = 4;

const summaries = [
  ...(['step_min', 'step_max', 'time_min', 'time_max'] as const),
  ...(['value_min', 'value_max', 'value_last', 'gaps'] as const),
];

/** Sums up chunks that were just added, from the point numbered `from` to the one before `end`, as far as levels are full. */
export async function addLevels(db: RunDatabase, metricId: number, from: number, end: number): Promise<void> {
  for (let size = chunkSize * fanOut; ; size *= fanOut) {
    const first = from - (from % size);
    const last = end - (end % size);
    if (last <= first) return;
    await addLevel(db, metricId, { size, first, last });
  }
}

async function addLevel(
  db: RunDatabase,
  metricId: number,
  { size, first, last }: { size: number; first: number; last: number },
): Promise<void> {
  const below = size / fanOut;
  const start = sql<number>`seq - seq % ${sql.lit(size)}`;
  const isLast = sql`seq % ${sql.lit(size)} = ${sql.lit(size - below)}`;
  await db
    .insertInto('metric_level')
    .columns(['metric_id', 'size', 'seq', ...summaries])
    .expression(
      levelOf(db, metricId, below)
        .where('seq', '>=', first)
        .where('seq', '<', last)
        .select((e) => [
          e.lit(metricId).as('metric_id'),
          e.lit(size).as('size'),
          start.as('first'),
          e.fn.min('step_min').as('step_min'),
          e.fn.max('step_max').as('step_max'),
          e.fn.min('time_min').as('time_min'),
          e.fn.max('time_max').as('time_max'),
          e.fn.min('value_min').as('value_min'),
          e.fn.max('value_max').as('value_max'),
          sql<number | null>`max(case when ${isLast} then value_last end)`.as('value_last'),
          e.fn.sum<number>('gaps').as('gaps'),
        ])
        .groupBy(start),
    )
    .execute();
}

/** Summaries of so many points each, as a table `level`. */
function levelOf(db: RunDatabase, metricId: number, size: number) {
  const chunks = db
    .selectFrom('metric_chunk')
    .select(['seq', ...summaries])
    .where('metric_id', '=', metricId);
  const coarser = db
    .selectFrom('metric_level')
    .select(['seq', ...summaries])
    .where('metric_id', '=', metricId)
    .where('size', '=', size);
  return db.selectFrom(size === chunkSize ? chunks.as('level') : coarser.as('level'));
}

/** Those that begin with a point from `first` on and before `end`, in their order. */
export function readLevel(
  db: RunDatabase,
  metricId: number,
  { size, first, end }: { size: number; first: number; end: number },
) {
  return levelOf(db, metricId, size)
    .select(['seq', ...summaries])
    .where('seq', '>=', first)
    .where('seq', '<', end)
    .orderBy('seq')
    .execute();
}
