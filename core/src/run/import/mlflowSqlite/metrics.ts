import type { Point } from '../../metric/point.ts';
import type { Problems } from '../problems.ts';
import type { SeriesBlock } from '../source.ts';
import { isPoint } from '../values.ts';
import type { MlflowDatabase } from './database.ts';
import { textOf } from './values.ts';

/** Rows at a time: some 50 ms, for which MLflow's server can't write. */
const pageSize = 20_000;

/**
 * The points of a run in the order in which they came, by row id. Integers are read as doubles: SQLite has larger ones than
 * JavaScript's are exact.
 */
const page = `
  select rowid, "key", cast("value" as real) as value, is_nan, cast("timestamp" as real) as time, cast(step as real) as step
  from metrics where run_uuid = ? and rowid > ? order by rowid limit ${pageSize}`;

export function* readSeries(db: MlflowDatabase, runId: string, problems: Problems): Generator<SeriesBlock> {
  if (!db.has('metrics')) return;
  let refused = 0;
  for (let after = 0; ; ) {
    const rows = db.query(page, runId, after);
    const byKey = new Map<string, Point[]>();
    for (const row of rows) {
      const point = {
        step: Number(row.step),
        time: Number(row.time),
        value: row.is_nan ? Number.NaN : Number(row.value),
      };
      const key = textOf(row.key);
      if (!isPoint(point)) refused += 1;
      else if (byKey.get(key)?.push(point) === undefined) byKey.set(key, [point]);
    }
    for (const [key, points] of byKey) yield { key, points };
    if (rows.length < pageSize) break;
    after = Number(rows.at(-1)?.rowid);
  }
  if (refused > 0) {
    problems.add(`Run ${runId}: ${refused} of its points have no right time or step, and were left out.`);
  }
}

/** When the newest point was measured, milliseconds; 0 where there is none. */
export function newestPoint(db: MlflowDatabase, runId: string): number {
  const rows = db.select('latest_metrics', ['timestamp'], 'where run_uuid = ?', runId);
  return rows.reduce((newest, { timestamp }) => Math.max(newest, Number(timestamp) || 0), 0);
}
