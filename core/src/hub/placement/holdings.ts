import { formatPart } from '../../api/index.ts';
import type { HubContext } from '../context.ts';
import type { Database } from '../store/migrations.ts';
import type { PlacementRow } from '../store/tables.ts';
import { selectionOfRow } from './part.ts';
import type { Holding } from './room.ts';

export type PlacedRow = PlacementRow & {
  cache_name: string;
  site: string;
  ttl_seconds: number;
  leases: number | null;
};

/** Placements with their cache and how many lease them. */
export function selectPlacements(db: Database) {
  return db
    .selectFrom('placement')
    .innerJoin('cache', 'cache.id', 'placement.cache_id')
    .selectAll('placement')
    .select(['cache.name as cache_name', 'cache.site', 'cache.ttl_seconds'])
    .select((query) =>
      query
        .selectFrom('lease')
        .whereRef('lease.placement_id', '=', 'placement.id')
        .select((count) => count.fn.countAll<number>().as('count'))
        .as('leases'),
    );
}

/** What a cache holds and promised, with what the fills under way have written so far. */
export async function readHoldings(hub: HubContext, db: Database, cacheId: string): Promise<Holding[]> {
  const rows = await selectPlacements(db).where('placement.cache_id', '=', cacheId).execute();
  const progress = new Map(hub.jobs.active.map((job) => [job.id, job.progress]));
  return rows.map((row) => {
    const written = row.job_id === null ? undefined : progress.get(row.job_id);
    const counts = row.state === 'filling' && written?.phase === 'filling';
    return {
      id: row.id,
      ref: formatPart(row.dataset_name, row.version, selectionOfRow(row)),
      state: row.state,
      storedBytes: row.stored_bytes,
      storedInodes: row.stored_inodes,
      writtenBytes: counts ? written.bytes : 0,
      writtenInodes: counts ? written.files : 0,
      lastUsed: row.last_used,
      leases: Number(row.leases),
      pinned: row.pinned === 1,
    };
  });
}
