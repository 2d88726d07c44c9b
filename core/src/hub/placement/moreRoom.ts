import { formatPart, isForebayError } from '../../api/index.ts';
import { diskOf } from '../cache/disk.ts';
import type { HubContext } from '../context.ts';
import { beginEviction, evictWork } from './evict.ts';
import type { FillAttempt } from './fill.ts';
import { readHoldings } from './holdings.ts';
import { selectionOfRow } from './part.ts';
import { makeRoom } from './room.ts';

/**
 * Before a fill starts: an eviction frees less than was promised where other versions share files with the evicted
 * one; then more is evicted, until it fits. Where it can't, the fill's own exact check says so.
 */
export async function makeMoreRoom(
  hub: HubContext,
  attempt: FillAttempt,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const evictions = await beginEvictions(hub, attempt);
    if (evictions.length === 0) return;
    for (const { row, job } of evictions) hub.jobs.enqueue(job, evictWork(hub, row));
    const ended = await Promise.all(evictions.map(({ job }) => hub.jobs.finished(job.id)));
    if (ended.some((job) => job.state !== 'done')) return;
  }
}

async function beginEvictions(hub: HubContext, { cache, placementId }: FillAttempt) {
  const disk = await diskOf(cache.path);
  return hub.db.transaction().execute(async (db) => {
    const row = await db.selectFrom('placement').selectAll().where('id', '=', placementId).executeTakeFirst();
    if (!row) return [];
    const holdings = (await readHoldings(hub, db, cache.id)).filter((holding) => holding.id !== placementId);
    const room = { cache: cache.name, capacity: cache.capacity, ...disk, holdings };
    const need = {
      ref: formatPart(row.dataset_name, row.version, selectionOfRow(row)),
      bytes: row.stored_bytes,
      inodes: row.stored_inodes,
    };
    const begun: Awaited<ReturnType<typeof beginEviction>>[] = [];
    for (const { id } of victims()) begun.push(await beginEviction(hub, db, id));
    return begun;

    function victims() {
      try {
        return makeRoom(room, need, hub.clock.now() >= hub.quietUntil);
      } catch (error) {
        if (isForebayError(error, 'no-space')) return [];
        throw error;
      }
    }
  });
}
