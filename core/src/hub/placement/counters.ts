import type { Database } from '../store/migrations.ts';

export type CounterName =
  | 'hits'
  | 'misses'
  /** Bytes of versions that were mounted where they were ready. */
  | 'served-bytes'
  /** Bytes that fills took from the lake. */
  | 'filled-bytes'
  /** By who asked for it. */
  | 'fills'
  /** By how it ended otherwise. */
  | 'fills-lost'
  /** By reason. */
  | 'evictions'
  | 'scrubbed-bytes'
  /** Files that a scrub or a verify found wrong. */
  | 'damaged-files';

export async function count(
  db: Database,
  cacheId: string,
  name: CounterName,
  options: { label?: string; by?: number } = {},
): Promise<void> {
  const { label = '', by = 1 } = options;
  await db
    .insertInto('counter')
    .values({ cache_id: cacheId, name, label, value: by })
    .onConflict((conflict) =>
      conflict
        .columns(['cache_id', 'name', 'label'])
        .doUpdateSet((update) => ({ value: update('counter.value', '+', by) })),
    )
    .execute();
}

/** By name, then by label. */
export async function readCounters(
  db: Database,
  cacheId: string,
): Promise<(name: CounterName) => Record<string, number>> {
  const rows = await db.selectFrom('counter').selectAll().where('cache_id', '=', cacheId).execute();
  return (name) =>
    Object.fromEntries(rows.filter((row) => row.name === name).map(({ label, value }) => [label, value]));
}
