import { formatPart } from '../../api/index.ts';
import { assumedRates, type Rates } from '../../placement/refill.ts';
import { type Holding, type Room, withBeside } from '../../placement/room.ts';
import type { Disk } from '../cache/disk.ts';
import type { HubContext } from '../context.ts';
import type { Database } from '../store/migrations.ts';
import type { CacheRow, PlacementRow } from '../store/tables.ts';
import { selectionOfRow } from './part.ts';
import { usesOnCache } from './uses.ts';

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
  const uses = await usesOnCache(db, cacheId, hub.clock.now());
  const progress = new Map(hub.jobs.active.map((job) => [job.id, job.progress]));
  return rows.map((row) => {
    const written = row.job_id === null ? undefined : progress.get(row.job_id);
    const counts = row.state === 'filling' && written?.phase === 'filling';
    const stored = withBeside(row.state, { bytes: row.stored_bytes, inodes: row.stored_inodes });
    return {
      id: row.id,
      dataset: row.dataset_name,
      version: row.version,
      selection: selectionOfRow(row),
      ref: formatPart(row.dataset_name, row.version, selectionOfRow(row)),
      state: row.state,
      storedBytes: stored.bytes,
      storedInodes: stored.inodes,
      writtenBytes: counts ? written.bytes : 0,
      writtenInodes: counts ? written.files : 0,
      lastUsed: row.last_used,
      leases: Number(row.leases),
      pinned: row.pinned === 1,
      ...uses(row),
    };
  });
}

/** A cache as those see it who decide what goes; without the placement that wants the room. */
export async function readRoom(
  hub: HubContext,
  db: Database,
  cache: CacheRow,
  disk: Pick<Disk, 'diskFree' | 'inodesFree'>,
  without?: string,
): Promise<Room> {
  const now = await db
    .selectFrom('cache')
    .select(['trash_bytes', 'trash_inodes', 'capacity', 'inode_capacity'])
    .where('id', '=', cache.id)
    .executeTakeFirstOrThrow();
  const holdings = await readHoldings(hub, db, cache.id);
  return {
    cache: cache.name,
    capacity: now.capacity,
    inodeCapacity: now.inode_capacity,
    diskFree: disk.diskFree,
    inodesFree: disk.inodesFree,
    trash: { bytes: now.trash_bytes, inodes: now.trash_inodes },
    holdings: holdings.filter((holding) => holding.id !== without),
  };
}

export async function readRates(db: Database, cacheId: string): Promise<Rates & { measured: boolean }> {
  const row = await db
    .selectFrom('cache')
    .select(['bytes_per_second', 'files_per_second'])
    .where('id', '=', cacheId)
    .executeTakeFirstOrThrow();
  if (row.bytes_per_second === null || row.files_per_second === null)
    return { ...assumedRates, measured: false };
  return {
    bytesPerSecond: row.bytes_per_second,
    filesPerSecond: row.files_per_second,
    measured: true,
  };
}
