import { makeRoom } from '../../placement/makeRoom.ts';
import type { HubContext } from '../context.ts';
import { causeText } from '../placement/cause.ts';
import { beginEviction, evictWork } from '../placement/evict.ts';
import { readRates, readRoom } from '../placement/holdings.ts';
import type { CacheRow } from '../store/tables.ts';
import { listCaches } from './caches.ts';
import { sweepTrash } from './sweep.ts';

/** Now and then: trash that could not be deleted is tried again, and a cache over its capacity comes back within it. */
export async function tidyCaches(hub: HubContext): Promise<void> {
  for (const cache of await listCaches(hub)) {
    if (cache.trash_bytes > 0 || cache.trash_inodes > 0) void sweepTrash(hub, cache);
    await relieve(hub, cache);
  }
}

/** A smaller capacity than before, or files that were found there: never while it isn't known who uses what. */
async function relieve(hub: HubContext, cache: CacheRow): Promise<void> {
  if (hub.clock.now() < hub.quietUntil || hub.measures.has(cache.id)) return;
  const begun = await hub.db.transaction().execute(async (db) => {
    const unlimited = Number.MAX_SAFE_INTEGER;
    const room = await readRoom(hub, db, cache, { diskFree: unlimited, inodesFree: null });
    const evictions: Awaited<ReturnType<typeof beginEviction>>[] = [];
    try {
      const pressure = { rates: await readRates(db, cache.id), mayEvict: true };
      const need = { ref: `the capacity of ${cache.name}`, bytes: 0, inodes: 0 };
      for (const { holding } of makeRoom(room, need, pressure)) {
        evictions.push(await beginEviction(hub, db, holding.id, causeText('pressure', need.ref)));
      }
    } catch {
      // What is in use or pinned stays: nothing new comes until it fits again.
    }
    return evictions;
  });
  for (const { row, job } of begun) hub.jobs.enqueue(job, evictWork(hub, row));
}
