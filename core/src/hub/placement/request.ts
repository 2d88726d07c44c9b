import { formatPart, selectionText } from '../../api/index.ts';
import { diffVersions } from '../../dataset/diff.ts';
import type { VersionRecord } from '../../dataset/history.ts';
import { randomName } from '../../dataset/names.ts';
import { selecting } from '../../dataset/selection.ts';
import { cacheNamed } from '../cache/caches.ts';
import { diskOf } from '../cache/disk.ts';
import type { HubContext } from '../context.ts';
import type { Database } from '../store/migrations.ts';
import type { CacheRow, JobRow, PlacementRow } from '../store/tables.ts';
import { beginEviction, evictWork } from './evict.ts';
import { fillJob, fillWork, partOfRow } from './fill.ts';
import { readHoldings } from './holdings.ts';
import { sizeOf, type WantedVersion } from './part.ts';
import { isProved } from './proof.ts';
import { makeRoom, type Need } from './room.ts';
import { placementOf } from './state.ts';

/** Done in the transaction in which the placement is sure to be there. */
type Within = (db: Database, placementId: string) => Promise<void>;

/** Nothing may stand between the check of a row and what follows from it. */
const nothing: Within = async () => {};

/**
 * A version, or a part of one, on a cache, once and only once: whoever asks while it is being filled follows that
 * fill, and whoever wants a part of what is there whole gets the whole.
 * Returns the placement's id. Throws `cache-unknown`, `no-space`, or `path-unknown` where nothing is selected.
 */
export async function requestPlacement(
  hub: HubContext,
  wanted: WantedVersion,
  cacheName: string | undefined,
  within: Within = nothing,
): Promise<string> {
  const cache = await cacheNamed(hub, cacheName);
  for (;;) {
    const whole = wanted.selection && (await useWhole(hub, cache, wanted, within));
    if (whole) return whole;
    const row = await findRow(hub.db, cache, wanted);
    const state = row && placementOf(row);
    if (state?.state === 'evicting') {
      await hub.jobs.finished(state.jobId);
      continue;
    }
    const id =
      state && (state.state !== 'ready' ? state.state !== 'failed' : await isProved(hub, cache, state))
        ? await useAsItIs(hub, row, within)
        : await beginFill(hub, cache, wanted, row, within);
    if (id !== undefined) return id;
  }
}

/** The whole version's placement, where it is ready now; one that is being filled takes longer than a part. */
async function useWhole(
  hub: HubContext,
  cache: CacheRow,
  wanted: WantedVersion,
  within: Within,
): Promise<string | undefined> {
  const row = await findRow(hub.db, cache, { ...wanted, selection: null });
  const state = row && placementOf(row);
  if (state?.state !== 'ready' || !(await isProved(hub, cache, state))) return undefined;
  return useAsItIs(hub, row, within);
}

function findRow(
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
  within: Within,
): Promise<string | undefined> {
  if (!row) return undefined;
  return hub.db.transaction().execute(async (db) => {
    const now = await db.selectFrom('placement').selectAll().where('id', '=', row.id).executeTakeFirst();
    if (now?.fill_id !== row.fill_id || now.state === 'evicting' || now.state === 'failed') return undefined;
    await within(db, row.id);
    return row.id;
  });
}

async function beginFill(
  hub: HubContext,
  cache: CacheRow,
  wanted: WantedVersion,
  before: PlacementRow | undefined,
  within: Within,
): Promise<string | undefined> {
  const size = await sizeOf(wanted);
  const [disk, need] = await Promise.all([diskOf(cache.path), needOf(hub, cache, wanted, size)]);
  const begun = await hub.db.transaction().execute(async (db) => {
    const row = await findRow(db, cache, wanted);
    if (row?.fill_id !== before?.fill_id || row?.state !== before?.state) return undefined;
    const holdings = (await readHoldings(hub, db, cache.id)).filter((holding) => holding.id !== row?.id);
    const room = { cache: cache.name, capacity: cache.capacity, ...disk, holdings };
    const victims = makeRoom(room, need, hub.clock.now() >= hub.quietUntil);
    const evictions: Array<{ row: PlacementRow; job: JobRow }> = [];
    for (const victim of victims) evictions.push(await beginEviction(hub, db, victim.id));
    const placement = newRow(hub, cache, wanted, size, need, row?.id);
    const job = await hub.jobs.insert(db, fillJob(placement, cache.name));
    const stored = { ...placement, job_id: job.id };
    await db
      .insertInto('placement')
      .values(stored)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(stored))
      .execute();
    await within(db, placement.id);
    return { placement, job, evictions };
  });
  if (!begun) return undefined;
  for (const { row, job } of begun.evictions) hub.jobs.enqueue(job, evictWork(hub, row));
  const leaving = await hub.db
    .selectFrom('placement')
    .select('job_id')
    .where('cache_id', '=', cache.id)
    .where('state', '=', 'evicting')
    .execute();
  const attempt = {
    placementId: begun.placement.id,
    fillId: begun.placement.fill_id,
    cache,
    found: async () => wanted,
    part: partOfRow(begun.placement),
    after: leaving.flatMap((row) => row.job_id ?? []),
  };
  hub.jobs.enqueue(begun.job, fillWork(hub, attempt));
  hub.events.emit('placement', begun.placement.id);
  return begun.placement.id;
}

function newRow(
  hub: HubContext,
  cache: CacheRow,
  wanted: WantedVersion,
  size: { files: number; bytes: number },
  need: Need,
  id = randomName(),
) {
  const { dataset, version, opened, selection = null } = wanted;
  return {
    id,
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
    stored_bytes: need.bytes,
    stored_inodes: need.inodes,
    fill_id: randomName(),
    path: null,
    inode: null,
    last_used: hub.clock.now(),
    pinned: 0,
    problem: null,
  };
}

/** Above this many changes a diff costs more than the room it would save is worth. */
const mostChanges = 50_000;

/** What a fill will write: all of it, or what differs from a neighbour that is there already. */
async function needOf(
  hub: HubContext,
  cache: CacheRow,
  wanted: WantedVersion,
  size: { files: number; bytes: number },
): Promise<Need> {
  const { opened, dataset, version, selection = null } = wanted;
  const ref = formatPart(dataset.name, version.version, selection);
  const neighbour = await readyNeighbour(hub, cache, wanted);
  if (!neighbour) {
    const lent = selection === null ? await largestPart(hub, cache, wanted) : { files: 0, bytes: 0 };
    return { ref, bytes: size.bytes - lent.bytes, inodes: inodesOf(size.files) - lent.files };
  }
  const { added, changed } = await diffVersions(opened.lake, dataset.id, neighbour, version);
  const selects = selection ? selecting(selection) : () => true;
  const missing = [...added, ...changed].filter(({ path }) => selects({ path, kind: 'file' }));
  const bytes = missing.reduce((sum, file) => sum + file.size, 0);
  // Hard links share the file's inode; folders are made anew.
  return { ref, bytes, inodes: inodesOf(missing.length) + Math.ceil(size.files / 10) };
}

/** What of a version lies there already in a part of it, whose files the whole shares. */
async function largestPart(hub: HubContext, cache: CacheRow, { opened, dataset, version }: WantedVersion) {
  const part = await hub.db
    .selectFrom('placement')
    .select(['files', 'bytes'])
    .where('cache_id', '=', cache.id)
    .where('lake_id', '=', opened.id)
    .where('dataset_id', '=', dataset.id)
    .where('version', '=', version.version)
    .where('state', '=', 'ready')
    .where('selection', '!=', '')
    .orderBy('bytes', 'desc')
    .executeTakeFirst();
  return part ?? { files: 0, bytes: 0 };
}

/** Folders need inodes too; how many is only known while filling, which checks again. */
const inodesOf = (files: number) => files + Math.ceil(files / 10) + 16;

/** Of a part: a neighbour that is there whole, or in the same part. */
async function readyNeighbour(hub: HubContext, cache: CacheRow, wanted: WantedVersion) {
  const { opened, dataset, version, selection = null } = wanted;
  const few = (each: VersionRecord) => each.added + each.changed + each.removed <= mostChanges;
  const rows = await hub.db
    .selectFrom('placement')
    .select('version')
    .where('cache_id', '=', cache.id)
    .where('lake_id', '=', opened.id)
    .where('dataset_id', '=', dataset.id)
    .where('state', '=', 'ready')
    .where('selection', 'in', ['', selectionText(selection)])
    .execute();
  if (rows.length === 0) return undefined;
  const { history } = await hub.catalog.dataset(dataset.name);
  const ready = history.versions.filter((each) => rows.some((row) => row.version === each.version));
  return (
    ready.find((each) => version.parents.includes(each.version) && few(version)) ??
    ready.find((each) => each.parents.includes(version.version) && few(each))
  );
}
