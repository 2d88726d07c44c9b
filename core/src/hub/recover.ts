import { ForebayError, formatRef, selectionText } from '../api/index.ts';
import { CacheDirectory } from '../cache/directory.ts';
import { evictVersion } from '../cache/evict.ts';
import { partOf } from '../cache/record.ts';
import { type RecoveredCache, recoverCache } from '../cache/recover.ts';
import { randomName } from '../dataset/names.ts';
import { addTrash, sweepTrash } from './cache/sweep.ts';
import type { HubContext } from './context.ts';
import { interruption } from './jobs/job.ts';
import type { FoundVersion } from './lake/catalog.ts';
import { adoptReady } from './placement/adopt.ts';
import { Asked, causeOf } from './placement/cause.ts';
import { fillJob, fillWork } from './placement/fill.ts';
import { recordEnd } from './placement/history.ts';
import { partOfRow, selectionOfRow } from './placement/part.ts';
import { datasetsToMeasure, measureAgain } from './placement/shares.ts';
import { keepLastUse } from './placement/uses.ts';
import type { CacheRow, PlacementRow } from './store/tables.ts';

/** Renames only: what is in the trash is deleted later, by a thread. */
const later = AbortSignal.abort();

/**
 * After a start, before the daemon answers: evictions are finished, fills queued again (those that were published
 * are ready), what is ready is proved, everything else that ran is marked as interrupted and not taken up again.
 */
export async function recoverHub(hub: HubContext): Promise<void> {
  await markInterrupted(hub);
  for (const cache of await hub.db.selectFrom('cache').selectAll().execute()) {
    try {
      await recoverPlacements(hub, cache);
      void sweepTrash(hub, cache);
    } catch (error) {
      hub.log(error);
      await giveUp(hub, cache, ForebayError.from(error));
    }
  }
}

async function markInterrupted(hub: HubContext): Promise<void> {
  await hub.db
    .updateTable('job')
    .set({
      state: 'interrupted',
      ended: hub.clock.now(),
      problem: JSON.stringify(interruption().toProblem()),
    })
    .where('state', 'in', ['queued', 'running'])
    .where('kind', 'not in', ['fill', 'evict'])
    .execute();
}

/**
 * A cache that is away (not mounted) keeps what was ready: that is proved when it is asked for.
 * What was under way ends here, so that nobody waits for a job that no longer runs.
 */
async function giveUp(hub: HubContext, cache: CacheRow, why: ForebayError): Promise<void> {
  const problem = JSON.stringify(why.toProblem());
  const rows = await hub.db
    .updateTable('placement')
    .set({ state: 'failed', problem, job_id: null, stored_bytes: 0, stored_inodes: 0 })
    .where('cache_id', '=', cache.id)
    .where('state', 'in', ['queued', 'filling', 'evicting'])
    .returning('id')
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length === 0) return;
  await hub.db.deleteFrom('lease').where('placement_id', 'in', ids).execute();
  await hub.db
    .updateTable('job')
    .set({ state: 'failed', ended: hub.clock.now(), problem })
    .where('placement_id', 'in', ids)
    .where('state', 'in', ['queued', 'running'])
    .execute();
}

async function recoverPlacements(hub: HubContext, cache: CacheRow): Promise<void> {
  const directory = await CacheDirectory.open(cache.path, hub.hubId);
  const rows = await hub.db.selectFrom('placement').selectAll().where('cache_id', '=', cache.id).execute();
  for (const row of rows.filter((each) => each.state === 'evicting'))
    await finishEviction(hub, directory, row);
  const fills = rows.filter((row) => row.state === 'queued' || row.state === 'filling');
  const known = fills.map((row) => ({
    datasetId: row.dataset_id,
    version: row.version,
    part: partOf({ selection: selectionOfRow(row) }),
  }));
  const found = await recoverCache(directory, known, later);
  await forgetStaging(hub, cache, rows);
  for (const row of fills) await resumeFill(hub, cache, row, found);
  for (const row of rows.filter((each) => each.state === 'ready')) await proveReady(hub, row, found);
  await adoptReady(hub, cache, found);
  const kept = await hub.db.selectFrom('placement').selectAll().where('cache_id', '=', cache.id).execute();
  measureAgain(hub, cache, datasetsToMeasure(rows, kept));
}

/** What failed fills had left to be gone on with is in the trash now. */
async function forgetStaging(hub: HubContext, cache: CacheRow, rows: PlacementRow[]): Promise<void> {
  for (const row of rows.filter((each) => each.state === 'failed' && each.stored_bytes > 0)) {
    const nothing = { stored_bytes: 0, stored_inodes: 0 };
    await hub.db.updateTable('placement').set(nothing).where('id', '=', row.id).execute();
    await addTrash(hub, cache.id, { bytes: row.stored_bytes, inodes: row.stored_inodes });
  }
}

async function finishEviction(hub: HubContext, cache: CacheDirectory, row: PlacementRow): Promise<void> {
  const dataset = { id: row.dataset_id, name: row.dataset_name };
  const part = partOf({ selection: selectionOfRow(row) });
  await evictVersion({ cache, dataset, version: row.version, part }, later);
  await hub.db.deleteFrom('placement').where('id', '=', row.id).execute();
  await keepLastUse(hub.db, row);
  await addTrash(hub, row.cache_id, { bytes: row.stored_bytes, inodes: row.stored_inodes });
  await recordEnd(hub, hub.db, row, {
    kind: 'eviction',
    reason: 'person',
    outcome: 'done',
    moved: row.stored_bytes,
    seconds: null,
  });
  await endJob(hub, row.job_id, 'done');
}

/** Published before the crash: ready. Else it goes on with what its journal says, under the same job. */
async function resumeFill(
  hub: HubContext,
  cache: CacheRow,
  row: PlacementRow,
  found: RecoveredCache,
): Promise<void> {
  const there = standing(row, found);
  if (there?.record.fill === row.fill_id) {
    const { path, inode } = there;
    const now = hub.clock.now();
    const times = { last_used: now, verified: now };
    const ready = { state: 'ready' as const, path, inode, job_id: null, damage: null, ...times };
    await hub.db.updateTable('placement').set(ready).where('id', '=', row.id).execute();
    const moved = row.bytes;
    const end = { kind: 'fill', reason: 'person', outcome: 'done', moved, seconds: null } as const;
    await recordEnd(hub, hub.db, row, end);
    await endJob(hub, row.job_id, 'done');
    return;
  }
  const fillId = randomName();
  const stored =
    row.job_id === null
      ? undefined
      : await hub.db.selectFrom('job').selectAll().where('id', '=', row.job_id).executeTakeFirst();
  const job = stored ?? (await hub.jobs.insert(hub.db, fillJob(row, cache.name)));
  await hub.db
    .updateTable('placement')
    .set({ state: 'queued', fill_id: fillId, job_id: job.id })
    .where('id', '=', row.id)
    .execute();
  const attempt = {
    placementId: row.id,
    fillId,
    cache,
    found: () => foundAgain(hub, row),
    part: partOfRow(row),
    asked: Asked.catch('person').parse(causeOf(row, 'person').reason),
    after: [],
  };
  hub.jobs.enqueue({ ...job, state: 'queued' }, fillWork(hub, attempt));
}

async function foundAgain(hub: HubContext, row: PlacementRow): Promise<FoundVersion> {
  const { opened, dataset, version } = await hub.catalog.byNumber(row.dataset_id, row.version);
  if (dataset && version && opened.id === row.lake_id) return { opened, dataset, version };
  throw new ForebayError(
    'version-unknown',
    `${formatRef(row.dataset_name, row.version)} is no longer in the lake.`,
  );
}

async function proveReady(hub: HubContext, row: PlacementRow, found: RecoveredCache): Promise<void> {
  const there = standing(row, found);
  if (there && there.path === row.path && there.inode === row.inode && there.record.fill === row.fill_id) {
    const verified = Date.parse(there.record.verified) || 0;
    if (verified > row.verified) {
      await hub.db.updateTable('placement').set({ verified }).where('id', '=', row.id).execute();
    }
    return;
  }
  const problem = new ForebayError(
    'damaged',
    'Its folder on the cache was changed or removed while the daemon was away.',
    'Cache it again.',
  ).toProblem();
  await hub.db
    .updateTable('placement')
    .set({
      state: 'failed',
      path: null,
      inode: null,
      stored_bytes: 0,
      stored_inodes: 0,
      problem: JSON.stringify(problem),
      damage: null,
    })
    .where('id', '=', row.id)
    .execute();
  await addTrash(hub, row.cache_id, { bytes: row.stored_bytes, inodes: row.stored_inodes });
  const end = { kind: 'eviction', reason: 'damaged', outcome: 'done', moved: 0, seconds: null } as const;
  await recordEnd(hub, hub.db, { ...row, cause: null }, end);
  await hub.db.deleteFrom('lease').where('placement_id', '=', row.id).execute();
}

function standing(row: PlacementRow, found: RecoveredCache) {
  return found.ready.find(
    ({ record }) =>
      record.dataset.id === row.dataset_id &&
      record.version === row.version &&
      selectionText(record.selection ?? null) === row.selection &&
      record.digest === row.digest,
  );
}

async function endJob(hub: HubContext, id: string | null, state: 'done'): Promise<void> {
  if (id === null) return;
  await hub.db.updateTable('job').set({ state, ended: hub.clock.now() }).where('id', '=', id).execute();
}
