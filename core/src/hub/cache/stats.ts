import type { CacheStats } from '../../api/index.ts';
import { evictionOrder } from '../../placement/makeRoom.ts';
import { spaceOf } from '../../placement/room.ts';
import { scrubDue } from '../../placement/scrub.ts';
import type { HubContext } from '../context.ts';
import { readCounters } from '../placement/counters.ts';
import { readRates, readRoom, selectPlacements } from '../placement/holdings.ts';
import { damagedPaths } from '../placement/lenders.ts';
import { selectionOfRow } from '../placement/part.ts';
import { viewVictim } from '../placement/room/plan.ts';
import { expiryOf } from '../placement/view.ts';
import type { CacheRow } from '../store/tables.ts';
import { recentDisks } from './disk.ts';

/** How a cache is doing: its room, what it saved, and what goes next, when and why. */
export async function cacheStats(hub: HubContext, cache: CacheRow): Promise<CacheStats> {
  const room = await readRoom(hub, hub.db, cache, await recentDisks.get(cache.path));
  const space = spaceOf(room);
  const rates = await readRates(hub.db, cache.id);
  const counters = await readCounters(hub.db, cache.id);
  const total = (name: Parameters<typeof counters>[0]) => counters(name)[''] ?? 0;
  const rows = await selectPlacements(hub.db).where('placement.cache_id', '=', cache.id).execute();
  const ready = rows.filter((row) => row.state === 'ready');
  const verified = ready.filter((row) => row.damage === null).map((row) => row.verified);
  const oldest = verified.length > 0 ? Math.min(...verified) : null;
  return {
    cache: cache.name,
    site: cache.site,
    capacity: room.capacity,
    inodeCapacity: room.inodeCapacity,
    used: space.used,
    usedInodes: space.usedInodes,
    reserved: space.reserved,
    reservedInodes: space.reservedInodes,
    trash: room.trash.bytes,
    free: space.free,
    inodesFree: space.inodesFree,
    placements: ready.length,
    pinned: ready.filter((row) => row.pinned === 1).length,
    leased: ready.filter((row) => Number(row.leases) > 0).length,
    hits: total('hits'),
    misses: total('misses'),
    servedBytes: total('served-bytes'),
    filledBytes: total('filled-bytes'),
    fills: counters('fills'),
    fillsLost: counters('fills-lost'),
    evictions: counters('evictions'),
    bytesPerSecond: rates.bytesPerSecond,
    filesPerSecond: rates.filesPerSecond,
    measured: rates.measured,
    scrub: {
      everySeconds: cache.scrub_seconds,
      bytesPerSecond: cache.scrub_bytes_per_second,
      bytes: total('scrubbed-bytes'),
      damagedFiles: total('damaged-files'),
      damagedNow: rows.reduce((sum, row) => sum + damagedPaths(row).length, 0),
      oldest: oldest === null ? null : timeOf(oldest),
      next:
        oldest === null || cache.scrub_seconds === 0 ? null : timeOf(scrubDue(oldest, cache.scrub_seconds)),
    },
    agesOut: rows
      .flatMap((row) => {
        const at = expiryOf(row);
        return at === null ? [] : [{ row, at }];
      })
      .sort((a, b) => a.at - b.at)
      .map(({ row, at }) => ({
        placement: row.id,
        dataset: row.dataset_name,
        version: row.version,
        selection: selectionOfRow(row),
        bytes: row.stored_bytes,
        at: timeOf(at),
      })),
    underPressure: evictionOrder(room, rates).map(viewVictim),
  };
}

const timeOf = (milliseconds: number) => new Date(milliseconds).toISOString();
