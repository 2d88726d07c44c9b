import { formatPart, isForebayError } from '../../../api/index.ts';
import { makeRoom, type Victim } from '../../../placement/makeRoom.ts';
import type { Need } from '../../../placement/room.ts';
import { type Room, spaceOf, withBeside } from '../../../placement/room.ts';
import { diskOf } from '../../cache/disk.ts';
import { sweepTrash } from '../../cache/sweep.ts';
import type { HubContext } from '../../context.ts';
import type { CacheRow } from '../../store/tables.ts';
import { type Asked, causeText } from '../cause.ts';
import { beginEviction, evictWork } from '../evict.ts';
import { readRates, readRoom } from '../holdings.ts';
import { selectionOfRow } from '../part.ts';

/** The placement that is to be filled. */
interface Wanting {
  placementId: string;
  cache: CacheRow;
  asked: Asked;
}

/**
 * Before a fill starts: an eviction frees less than was promised where other versions share files with the evicted
 * one, or doesn't happen, or isn't over before NFS clients have noticed; then more is evicted, or waited for, until it
 * fits. Where it can't, the fill's own exact check says so.
 */
export async function makeMoreRoom(hub: HubContext, wanting: Wanting, signal: AbortSignal): Promise<void> {
  const stay = new Set<string>();
  for (;;) {
    signal.throwIfAborted();
    const begun = await beginEvictions(hub, wanting, stay);
    if (begun.fits) return;
    for (const { row, job } of begun.evictions) hub.jobs.enqueue(job, evictWork(hub, row));
    const leaving = await leavingJobs(hub, wanting.cache.id);
    const ended = await untilAborted(Promise.all(leaving.map((id) => hub.jobs.finished(id))), signal);
    for (const { row, job } of begun.evictions) {
      if (ended.some((each) => each.id === job.id && each.state !== 'done')) stay.add(row.id);
    }
    const sweeping =
      hub.sweeps.get(wanting.cache.id) ?? (begun.trash ? sweepTrash(hub, wanting.cache) : null);
    if (sweeping) await untilAborted(sweeping, signal);
    if (leaving.length === 0 && !sweeping) return;
    if (leaving.length === 0 && begun.trash && (await stillTrash(hub, wanting.cache.id))) return;
  }
}

async function beginEvictions(hub: HubContext, { cache, placementId, asked }: Wanting, stay: Set<string>) {
  const disk = await diskOf(cache.path);
  return hub.db.transaction().execute(async (db) => {
    const evictions: Awaited<ReturnType<typeof beginEviction>>[] = [];
    const row = await db.selectFrom('placement').selectAll().where('id', '=', placementId).executeTakeFirst();
    if (!row) return { fits: true, evictions, trash: false };
    const all = await readRoom(hub, db, cache, disk, placementId);
    const holdings = all.holdings.map((each) => (stay.has(each.id) ? { ...each, pinned: true } : each));
    const room = { ...all, holdings };
    const tree = withBeside(row.state, { bytes: row.stored_bytes, inodes: row.stored_inodes });
    const need = { ref: formatPart(row.dataset_name, row.version, selectionOfRow(row)), ...tree };
    const { left } = spaceOf(room);
    if (need.bytes <= left.bytes && need.inodes <= left.inodes) {
      return { fits: true, evictions, trash: false };
    }
    const rates = await readRates(db, cache.id);
    const mayEvict = hub.clock.now() >= hub.quietUntil && asked !== 'refill';
    for (const { holding } of victims(room, need, { rates, mayEvict })) {
      evictions.push(await beginEviction(hub, db, holding.id, causeText('pressure', need.ref)));
    }
    return { fits: false, evictions, trash: room.trash.bytes > 0 || room.trash.inodes > 0 };
  });
}

function victims(room: Room, need: Need, pressure: Parameters<typeof makeRoom>[2]): Victim[] {
  try {
    return makeRoom(room, need, pressure);
  } catch (error) {
    if (isForebayError(error, 'no-space')) return [];
    throw error;
  }
}

/** The jobs that clear something from a cache now. */
export async function leavingJobs(hub: HubContext, cacheId: string): Promise<string[]> {
  const rows = await hub.db
    .selectFrom('placement')
    .select('job_id')
    .where('cache_id', '=', cacheId)
    .where('state', '=', 'evicting')
    .execute();
  return rows.flatMap((row) => row.job_id ?? []);
}

async function stillTrash(hub: HubContext, cacheId: string): Promise<boolean> {
  const row = await hub.db
    .selectFrom('cache')
    .select('trash_bytes')
    .where('id', '=', cacheId)
    .executeTakeFirst();
  return (row?.trash_bytes ?? 0) > 0;
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  return Promise.race([work, aborted]);
}
