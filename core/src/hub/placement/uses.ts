import { addUse, expectedUses, type UseHistory, usesLastWeek } from '../../placement/uses.ts';
import type { Database } from '../store/migrations.ts';

/** A version, or part of one, on a cache, whether it is there now or was once. */
export interface UsedVersion {
  cache_id: string;
  lake_id: string;
  dataset_id: string;
  version: number;
  /** As the database keeps it. */
  selection: string;
}

export async function recordUse(db: Database, used: UsedVersion, now: number): Promise<void> {
  const { days, last, pause } = addUse(await readUses(db, used), now);
  const row = { days: JSON.stringify(days), last, pause };
  await db
    .insertInto('version_use')
    .values({ ...keyOf(used), ...row })
    .onConflict((conflict) =>
      conflict.columns(['cache_id', 'lake_id', 'dataset_id', 'version', 'selection']).doUpdateSet(row),
    )
    .execute();
}

/** Within the transaction that forgets a placement: when it was used last stays. */
export async function keepLastUse(db: Database, row: UsedVersion & { last_used: number }): Promise<void> {
  await db
    .insertInto('version_use')
    .values({ ...keyOf(row), days: '[]', last: row.last_used, pause: null })
    .onConflict((conflict) =>
      conflict
        .columns(['cache_id', 'lake_id', 'dataset_id', 'version', 'selection'])
        .doUpdateSet({ last: row.last_used })
        .where('version_use.last', '<', row.last_used),
    )
    .execute();
}

export async function readUses(db: Database, used: UsedVersion): Promise<UseHistory | undefined> {
  const row = await db
    .selectFrom('version_use')
    .selectAll()
    .where('cache_id', '=', used.cache_id)
    .where('lake_id', '=', used.lake_id)
    .where('dataset_id', '=', used.dataset_id)
    .where('version', '=', used.version)
    .where('selection', '=', used.selection)
    .executeTakeFirst();
  return row && historyOf(row);
}

export interface Uses {
  expectedUses: number;
  usesLastWeek: number;
}

export const usesOf = (history: UseHistory | undefined, now: number): Uses =>
  history
    ? { expectedUses: expectedUses(history, now), usesLastWeek: usesLastWeek(history, now) }
    : { expectedUses: 0, usesLastWeek: 0 };

/** Of everything that was ever used on a cache: look a version up in it. */
export async function usesOnCache(
  db: Database,
  cacheId: string,
  now: number,
): Promise<(used: UsedVersion) => Uses> {
  const rows = await db.selectFrom('version_use').selectAll().where('cache_id', '=', cacheId).execute();
  const known = new Map(rows.map((row) => [textOf(row), historyOf(row)]));
  return (used) => usesOf(known.get(textOf(used)), now);
}

function historyOf(row: { days: string; last: number; pause: number | null }): UseHistory {
  return { days: JSON.parse(row.days), last: row.last, pause: row.pause };
}

const textOf = (used: UsedVersion) => `${used.lake_id} ${used.dataset_id} ${used.version} ${used.selection}`;

function keyOf({ cache_id, lake_id, dataset_id, version, selection }: UsedVersion): UsedVersion {
  return { cache_id, lake_id, dataset_id, version, selection };
}
