import { ForebayError, formatPart, selectionText } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';
import { makeRoom, type Victim } from '../../placement/makeRoom.ts';
import type { Amount, Need } from '../../placement/room.ts';
import { worthOf } from '../../placement/worth.ts';
import { cacheNamed } from '../cache/caches.ts';
import { type Disk, diskOf } from '../cache/disk.ts';
import type { HubContext } from '../context.ts';
import type { Database } from '../store/migrations.ts';
import type { CacheRow, JobRow, PlacementRow } from '../store/tables.ts';
import { type Asked, causeText } from './cause.ts';
import { count } from './counters.ts';
import { beginEviction, evictWork } from './evict.ts';
import { fillJob, fillWork } from './fill.ts';
import { recordEnd } from './history.ts';
import { readRates, readRoom } from './holdings.ts';
import { damagedPaths } from './lenders.ts';
import { partOfRow, selectionOfRow, sizeOf, type WantedVersion } from './part.ts';
import { isProved } from './proof.ts';
import { leavingJobs } from './room/moreRoom.ts';
import { needIn, reservationFor } from './room/need.ts';
import { placementOf } from './state.ts';
import { readUses, recordUse, type UsedVersion, usesOf } from './uses.ts';

export interface RequestOptions {
  asked?: Asked;
  /** Done in the transaction in which the placement is sure to be there: nothing may stand between. */
  within?: (db: Database, placementId: string) => Promise<void>;
  /** Goes on with what was counted before. */
  again?: boolean;
}

/**
 * A version, or a part of one, on a cache, once and only once: whoever asks while it is being filled follows that
 * fill, and whoever wants a part of what is there whole gets the whole.
 * Returns the placement's id. Throws `cache-unknown`, `no-space`, `damaged` while that can't be healed, or
 * `path-unknown` where nothing is selected.
 */
export async function requestPlacement(
  hub: HubContext,
  found: WantedVersion,
  cacheName: string | undefined,
  options: RequestOptions = {},
): Promise<string> {
  const cache = await cacheNamed(hub, cacheName);
  // What is healed is the part itself.
  const anyPart = found.selection && options.asked !== 'refill';
  for (;;) {
    const usable = anyPart && (await useWhole(hub, cache, found, options));
    if (usable) return usable;
    const row = await findRow(hub.db, cache, found);
    const state = row && placementOf(row);
    if (state?.state === 'evicting') {
      await hub.jobs.finished(state.jobId);
      continue;
    }
    const whole = row?.damage === null || state?.state !== 'ready';
    const id =
      state &&
      whole &&
      (state.state !== 'ready' ? state.state !== 'failed' : await isProved(hub, cache, state))
        ? await useAsItIs(hub, row, options)
        : await beginFill(hub, cache, found, row, options);
    if (id !== undefined) return id;
  }
}

/** The whole version's placement, where it is ready now; one that is being filled takes longer than a part. */
async function useWhole(
  hub: HubContext,
  cache: CacheRow,
  found: WantedVersion,
  options: RequestOptions,
): Promise<string | undefined> {
  const row = await findRow(hub.db, cache, { ...found, selection: null });
  const state = row && placementOf(row);
  if (state?.state !== 'ready' || row?.damage !== null) return undefined;
  return (await isProved(hub, cache, state)) ? useAsItIs(hub, row, options) : undefined;
}

export function findRow(
  db: Database,
  cache: CacheRow,
  { opened, dataset, version, selection = null }: WantedVersion,
) {
  return db
    .selectFrom('placement')
    .selectAll()
    .where('cache_id', '=', cache.id)
    .where('lake_id', '=', opened.id)
    .where('dataset_id', '=', dataset.id)
    .where('version', '=', version.version)
    .where('selection', '=', selectionText(selection))
    .executeTakeFirst();
}

/** Undefined where the row has changed meanwhile: look again. */
async function useAsItIs(
  hub: HubContext,
  row: PlacementRow | undefined,
  options: RequestOptions,
): Promise<string | undefined> {
  if (!row) return undefined;
  return hub.db.transaction().execute(async (db) => {
    const now = await db.selectFrom('placement').selectAll().where('id', '=', row.id).executeTakeFirst();
    if (now?.fill_id !== row.fill_id || now.state === 'evicting' || now.state === 'failed') return undefined;
    if (now.damage !== row.damage) return undefined;
    await countUse(hub, db, now, options);
    await options.within?.(db, row.id);
    return row.id;
  });
}

/** What is mounted is used; what is added is expected to be, once. */
async function countUse(
  hub: HubContext,
  db: Database,
  row: UsedVersion & Pick<PlacementRow, 'state' | 'bytes'>,
  { asked = 'person', again }: RequestOptions,
): Promise<void> {
  if (asked === 'refill' || again) return;
  const hit = row.state === 'ready';
  await count(db, row.cache_id, hit ? 'hits' : 'misses');
  if (hit && asked === 'mount') await count(db, row.cache_id, 'served-bytes', { by: row.bytes });
  if (asked === 'mount' || !hit) await recordUse(db, row, hub.clock.now());
}

async function beginFill(
  hub: HubContext,
  cache: CacheRow,
  found: WantedVersion,
  before: PlacementRow | undefined,
  options: RequestOptions,
): Promise<string | undefined> {
  const { asked = 'person' } = options;
  const size = await sizeOf(found);
  const reserved = await reservationFor(hub, cache, found, before);
  const disk = await diskOf(cache.path);
  const begun = await hub.db.transaction().execute(async (db) => {
    const row = await findRow(db, cache, found);
    if (row?.fill_id !== before?.fill_id || row?.state !== before?.state) return undefined;
    if (row?.damage) await refuseWhileLeased(db, row);
    const need = needIn(found, reserved);
    const victims = await chooseVictims(hub, db, { cache, found, need, disk, asked, without: row?.id });
    const evictions: Array<{ row: PlacementRow; job: JobRow }> = [];
    for (const { holding } of victims) {
      evictions.push(await beginEviction(hub, db, holding.id, causeText('pressure', need.ref)));
    }
    const placement = newRow(hub, cache, found, { size, reserved }, row, asked);
    if (row?.state === 'ready' && !row.damage) await recordReplaced(hub, db, row);
    await countUse(hub, db, { ...placement, state: 'queued' }, options);
    const job = await hub.jobs.insert(db, fillJob(placement, cache.name));
    const stored = { ...placement, job_id: job.id };
    await db
      .insertInto('placement')
      .values(stored)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(stored))
      .execute();
    await options.within?.(db, placement.id);
    return { placement, job, evictions };
  });
  if (!begun) return undefined;
  for (const { row, job } of begun.evictions) hub.jobs.enqueue(job, evictWork(hub, row));
  const attempt = {
    placementId: begun.placement.id,
    fillId: begun.placement.fill_id,
    cache,
    found: async () => found,
    part: partOfRow(begun.placement),
    asked,
    after: await leavingJobs(hub, cache.id),
  };
  hub.jobs.enqueue(begun.job, fillWork(hub, attempt));
  hub.events.emit('placement', begun.placement.id);
  return begun.placement.id;
}

export interface Wanted {
  cache: CacheRow;
  found: WantedVersion;
  need: Need;
  disk: Disk;
  asked: Asked;
  /** The placement that it is going to be, where there is one already. */
  without: string | undefined;
}

/** What goes for a version that is wanted, with the terms. Throws `no-space`. */
export async function chooseVictims(hub: HubContext, db: Database, wanted: Wanted): Promise<Victim[]> {
  const { cache, found, need, disk, asked, without } = wanted;
  const now = hub.clock.now();
  const rates = await readRates(db, cache.id);
  const used = await readUses(db, {
    cache_id: cache.id,
    lake_id: found.opened.id,
    dataset_id: found.dataset.id,
    version: found.version.version,
    selection: selectionText(found.selection ?? null),
  });
  const asNeeded = { bytes: need.bytes, files: need.inodes, inodes: need.inodes };
  return makeRoom(await readRoom(hub, db, cache, disk, without), need, {
    rates,
    mayEvict: now >= hub.quietUntil,
    returns: used !== undefined && without === undefined,
    ...(asked === 'refill' ? { automatic: worthOf({ ...asNeeded, ...usesOf(used, now) }, rates) } : {}),
  });
}

/** Somebody reads what is damaged: it isn't changed under their hands, and nobody else gets it. */
async function refuseWhileLeased(db: Database, row: PlacementRow): Promise<void> {
  const leased = await db
    .selectFrom('lease')
    .select('id')
    .where('placement_id', '=', row.id)
    .executeTakeFirst();
  if (!leased) return;
  const paths = damagedPaths(row);
  throw new ForebayError(
    'damaged',
    `${formatPart(row.dataset_name, row.version, selectionOfRow(row))} is damaged on this cache (${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', ...' : ''}), and can't be healed while somebody uses it.`,
    'It is healed once they have given it back; until then use another cache (--on CACHE).',
  );
}

/** Its folder isn't what was published: whatever stands there makes way. */
async function recordReplaced(hub: HubContext, db: Database, row: PlacementRow): Promise<void> {
  await recordEnd(
    hub,
    db,
    { ...row, cause: null },
    { kind: 'eviction', reason: 'replaced', outcome: 'done', moved: row.stored_bytes, seconds: null },
  );
}

function newRow(
  hub: HubContext,
  cache: CacheRow,
  found: WantedVersion,
  { size, reserved }: { size: { files: number; bytes: number }; reserved: Amount },
  before: PlacementRow | undefined,
  asked: Asked,
) {
  const { dataset, version, opened, selection = null } = found;
  return {
    id: before?.id ?? randomName(),
    cache_id: cache.id,
    lake_id: opened.id,
    dataset_id: dataset.id,
    dataset_name: dataset.name,
    version: version.version,
    selection: selectionText(selection),
    digest: version.digest,
    state: 'queued' as const,
    files: size.files,
    bytes: size.bytes,
    stored_bytes: reserved.bytes,
    stored_inodes: reserved.inodes,
    fill_id: randomName(),
    path: null,
    inode: null,
    last_used: hub.clock.now(),
    pinned: before?.pinned ?? 0,
    problem: null,
    cause: causeText(asked),
    damage: before?.damage ?? null,
    scrub_path: null,
  };
}
