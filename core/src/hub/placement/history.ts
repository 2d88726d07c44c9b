import { sql } from 'kysely';
import type { HistoryEntry } from '../../api/index.ts';
import type { HubContext } from '../context.ts';
import type { Outcome } from '../jobs/job.ts';
import type { Database } from '../store/migrations.ts';
import type { HistoryRow, PlacementRow } from '../store/tables.ts';
import { type Asked, causeOf, type Leaving } from './cause.ts';
import { count } from './counters.ts';
import { selectionOfRow } from './part.ts';

/** Older rows are forgotten. */
const remembered = 10_000;

export interface Ended {
  kind: 'fill' | 'eviction';
  /** Where the placement itself doesn't say. */
  reason: Asked | Leaving;
  outcome: Outcome['state'];
  /** Bytes from the lake, or given back to the disk. */
  moved: number;
  /** Null where it ended before a restart. */
  seconds: number | null;
  problem?: string | null;
}

/** Writes down how a fill or an eviction ended, and counts it. `row` as it was meanwhile, with its cause. */
export async function recordEnd(
  hub: HubContext,
  db: Database,
  row: PlacementRow,
  ended: Ended,
): Promise<void> {
  if (ended.outcome === 'interrupted') return;
  const { reason, wanted } = causeOf(row, ended.reason);
  const { name } = await db
    .selectFrom('cache')
    .select('name')
    .where('id', '=', row.cache_id)
    .executeTakeFirstOrThrow();
  const done = ended.outcome === 'done';
  if (ended.kind === 'eviction' && done) await count(db, row.cache_id, 'evictions', { label: reason });
  if (ended.kind === 'fill') {
    if (done) await count(db, row.cache_id, 'fills', { label: reason });
    else await count(db, row.cache_id, 'fills-lost', { label: ended.outcome });
    if (done) await count(db, row.cache_id, 'filled-bytes', { by: ended.moved });
  }
  await db
    .insertInto('history')
    .values({
      seq: sql<number>`(select coalesce(max(seq), 0) + 1 from history)`,
      time: hub.clock.now(),
      kind: ended.kind,
      outcome: ended.outcome,
      reason,
      wanted,
      cache: name,
      dataset: row.dataset_name,
      version: row.version,
      selection: row.selection,
      bytes: row.bytes,
      moved: ended.moved,
      seconds: ended.seconds,
      problem: ended.problem ?? null,
    })
    .execute();
  await db
    .deleteFrom('history')
    .where('seq', '<=', sql<number>`(select max(seq) - ${remembered} from history)`)
    .execute();
}

/** Newest first. */
export async function listHistory(
  db: Database,
  filter: { cache?: string | undefined; dataset?: string | undefined },
): Promise<HistoryRow[]> {
  let rows = db.selectFrom('history').selectAll().orderBy('seq', 'desc');
  if (filter.cache !== undefined) rows = rows.where('cache', '=', filter.cache);
  if (filter.dataset !== undefined) rows = rows.where('dataset', '=', filter.dataset);
  return rows.execute();
}

export function viewHistory(row: HistoryRow): HistoryEntry {
  const { seq, time, wanted, ...rest } = row;
  const selection = selectionOfRow(row);
  return { id: seq, time: new Date(time).toISOString(), for: wanted, ...rest, selection } as HistoryEntry;
}
