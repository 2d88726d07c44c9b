import { ForebayError, formatPart, type Job } from '../../api/index.ts';
import { partOf } from '../../cache/record.ts';
import type { Share } from '../../cache/shares.ts';
import { randomName } from '../../dataset/names.ts';
import { addTrash, sweepTrash } from '../cache/sweep.ts';
import type { HubContext } from '../context.ts';
import type { Outcome } from '../jobs/job.ts';
import type { Work } from '../jobs/jobs.ts';
import type { EvictTask } from '../jobs/task.ts';
import { describeHolders } from '../lease/holder.ts';
import type { Database } from '../store/migrations.ts';
import type { JobRow, PlacementRow } from '../store/tables.ts';
import { causeText, type Leaving } from './cause.ts';
import { recordEnd } from './history.ts';
import { partArguments, selectionOfRow } from './part.ts';
import { isProved } from './proof.ts';
import { storeShares } from './shares.ts';
import { placementOf } from './state.ts';
import { keepLastUse } from './uses.ts';

/**
 * Clears a placement from its cache; where it is still being filled, stops that.
 * Throws `not-cached`, or `in-use` naming who leases it.
 */
export async function evictPlacement(hub: HubContext, id: string, why: Leaving = 'person'): Promise<Job> {
  const begun = await hub.db.transaction().execute(async (db) => {
    const row = await rowOf(db, id);
    const state = placementOf(row);
    if (state.state === 'evicting' || state.state === 'queued' || state.state === 'filling') {
      await refuseInUse(db, row);
      return { under: state };
    }
    return { eviction: await beginEviction(hub, db, id, causeText(why)) };
  });
  if (begun.under) {
    return begun.under.state === 'evicting'
      ? hub.jobs.get(begun.under.jobId)
      : hub.jobs.cancel(begun.under.jobId);
  }
  const { row, job } = begun.eviction;
  hub.events.emit('placement', id);
  return hub.jobs.enqueue(job, evictWork(hub, row));
}

/** Within a transaction: from now on nobody can lease it. Enqueue `evictWork` afterwards. */
export async function beginEviction(
  hub: HubContext,
  db: Database,
  id: string,
  cause: string,
): Promise<{ row: PlacementRow; job: JobRow }> {
  const row = await rowOf(db, id);
  await refuseInUse(db, row);
  const cache = await db
    .selectFrom('cache')
    .select('name')
    .where('id', '=', row.cache_id)
    .executeTakeFirstOrThrow();
  const job = await hub.jobs.insert(db, {
    id: randomName(),
    kind: 'evict',
    title: `Clearing ${formatPart(row.dataset_name, row.version, selectionOfRow(row))}`,
    dataset: row.dataset_name,
    version: row.version,
    cache: cache.name,
    folder: null,
    placementId: id,
  });
  const evicting = { state: 'evicting' as const, job_id: job.id, cause };
  await db.updateTable('placement').set(evicting).where('id', '=', id).execute();
  return { row: { ...row, ...evicting }, job };
}

/** `row` may have failed before: whatever lies in its place goes. */
export function evictWork(hub: HubContext, row: PlacementRow): Work {
  let began: number | undefined;
  return {
    resumes: true,
    async run(control) {
      began = hub.clock.monotonic();
      const cache = await hub.db
        .selectFrom('cache')
        .selectAll()
        .where('id', '=', row.cache_id)
        .executeTakeFirstOrThrow();
      const task: EvictTask = {
        kind: 'evict',
        cache: cache.path,
        hubId: hub.hubId,
        dataset: { id: row.dataset_id, name: row.dataset_name },
        version: row.version,
        part: partOf({ selection: selectionOfRow(row) }),
        confirm: await whatToConfirm(hub, row),
      };
      return hub.runTask(task, control);
    },
    async settle(outcome) {
      if (outcome.state !== 'done') {
        await withdraw(hub, row, outcome.error);
        await recordEviction(hub, hub.db, row, outcome, began);
        hub.events.emit('placement', row.id);
        return outcome;
      }
      const { deleted, shares } = outcome.result as { deleted: boolean; shares: Share[] };
      await hub.db.transaction().execute(async (db) => {
        await db.deleteFrom('placement').where('id', '=', row.id).execute();
        // What was never whole there was never used.
        if (row.path !== null) await keepLastUse(db, row);
        await storeShares(db, row.cache_id, shares);
        await lendNoLonger(db, row);
        if (!deleted) {
          const trash = { bytes: row.stored_bytes, inodes: row.stored_inodes };
          await addTrash({ db }, row.cache_id, trash);
        }
        await recordEviction(hub, db, row, outcome, began);
      });
      if (!deleted) await sweepLater(hub, row.cache_id);
      hub.events.emit('placement', row.id);
      return { state: 'done', result: { deleted } };
    },
  };
}

async function recordEviction(
  hub: HubContext,
  db: Database,
  row: PlacementRow,
  outcome: Outcome,
  began: number | undefined,
): Promise<void> {
  const done = outcome.state === 'done';
  await recordEnd(hub, db, row, {
    kind: 'eviction',
    reason: 'person',
    outcome: outcome.state,
    moved: done ? row.stored_bytes : 0,
    seconds: began === undefined ? null : (hub.clock.monotonic() - began) / 1000,
    problem: done ? null : outcome.error.message,
  });
}

/** Fills of the dataset that counted on its files take them from the lake now: the room that it gave back is theirs. */
async function lendNoLonger(db: Database, row: PlacementRow): Promise<void> {
  await db
    .updateTable('placement')
    .set((update) => ({
      stored_bytes: update('stored_bytes', '+', row.stored_bytes),
      stored_inodes: update('stored_inodes', '+', row.stored_inodes),
    }))
    .where('cache_id', '=', row.cache_id)
    .where('lake_id', '=', row.lake_id)
    .where('dataset_id', '=', row.dataset_id)
    .where('state', 'in', ['queued', 'filling'])
    .execute();
}

async function sweepLater(hub: HubContext, cacheId: string): Promise<void> {
  const cache = await hub.db.selectFrom('cache').selectAll().where('id', '=', cacheId).executeTakeFirst();
  if (cache) void sweepTrash(hub, cache);
}

/** A version that the lake no longer lists was removed on purpose; a failed placement never was whole. */
async function whatToConfirm(hub: HubContext, row: PlacementRow): Promise<EvictTask['confirm']> {
  if (row.path === null) return null;
  const { opened, version } = await hub.catalog.byNumber(row.dataset_id, row.version);
  if (opened.id !== row.lake_id || !version) return null;
  const selection = selectionOfRow(row);
  const ref = formatPart(row.dataset_name, row.version, selection);
  return { lake: opened.location, root: version.root, ref, selection };
}

/** An eviction that didn't happen: ready again if all of it is still there, else failed, to be filled anew. */
export async function withdraw(hub: HubContext, row: PlacementRow, why: ForebayError): Promise<void> {
  const { path, inode } = row;
  const cache = await hub.db
    .selectFrom('cache')
    .selectAll()
    .where('id', '=', row.cache_id)
    .executeTakeFirst();
  if (cache && path !== null && inode !== null) {
    const state = placementOf({ ...row, state: 'ready' });
    if (state.state === 'ready' && (await isProved(hub, cache, state))) {
      await hub.db
        .updateTable('placement')
        .set({ state: 'ready', job_id: null })
        .where('id', '=', row.id)
        .execute();
      return;
    }
  }
  await hub.db
    .updateTable('placement')
    .set({ state: 'failed', job_id: null, problem: JSON.stringify(why.toProblem()) })
    .where('id', '=', row.id)
    .execute();
}

async function rowOf(db: Database, id: string): Promise<PlacementRow> {
  const row = await db.selectFrom('placement').selectAll().where('id', '=', id).executeTakeFirst();
  if (row) return row;
  throw new ForebayError('not-cached', `Nothing is cached under '${id}'.`);
}

async function refuseInUse(db: Database, row: PlacementRow): Promise<void> {
  const ref = formatPart(row.dataset_name, row.version, selectionOfRow(row));
  const named = partArguments(row);
  if (row.pinned === 1) {
    throw new ForebayError('in-use', `${ref} is pinned.`, `Unpin it with 'forebay cache unpin ${named}'.`);
  }
  const leases = await db.selectFrom('lease').selectAll().where('placement_id', '=', row.id).execute();
  if (leases.length === 0) return;
  throw new ForebayError(
    'in-use',
    `${ref} is in use by ${describeHolders(leases)}.`,
    leases.some((lease) => lease.kind === 'manual')
      ? `Give it back with 'forebay unmount ${named}'.`
      : 'It can be cleared once they have ended.',
  );
}
