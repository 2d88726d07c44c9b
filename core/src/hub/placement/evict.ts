import { ForebayError, formatPart, formatRef, type Job, selectionOptions } from '../../api/index.ts';
import { partOf } from '../../cache/record.ts';
import type { Share } from '../../cache/shares.ts';
import { randomName } from '../../dataset/names.ts';
import type { HubContext } from '../context.ts';
import type { Work } from '../jobs/jobs.ts';
import type { EvictTask } from '../jobs/task.ts';
import { describeHolders } from '../lease/holder.ts';
import type { Database } from '../store/migrations.ts';
import type { JobRow, PlacementRow } from '../store/tables.ts';
import { selectionOfRow } from './part.ts';
import { isProved } from './proof.ts';
import { storeShares } from './shares.ts';
import { placementOf } from './state.ts';

/**
 * Clears a placement from its cache; where it is still being filled, stops that.
 * Throws `not-cached`, or `in-use` naming who leases it.
 */
export async function evictPlacement(hub: HubContext, id: string): Promise<Job> {
  const begun = await hub.db.transaction().execute(async (db) => {
    const row = await rowOf(db, id);
    const state = placementOf(row);
    if (state.state === 'evicting' || state.state === 'queued' || state.state === 'filling') {
      await refuseInUse(db, row);
      return { under: state };
    }
    return { eviction: await beginEviction(hub, db, id) };
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
  await db.updateTable('placement').set({ state: 'evicting', job_id: job.id }).where('id', '=', id).execute();
  return { row: { ...row, state: 'evicting', job_id: job.id }, job };
}

/** `row` may have failed before: whatever lies in its place goes. */
export function evictWork(hub: HubContext, row: PlacementRow): Work {
  return {
    resumes: true,
    async run(control) {
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
      await hub.sweeps.get(row.cache_id);
      return hub.runTask(task, control);
    },
    async settle(outcome) {
      if (outcome.state !== 'done') {
        await withdraw(hub, row, outcome.error);
        hub.events.emit('placement', row.id);
        return outcome;
      }
      const { deleted, shares } = outcome.result as { deleted: boolean; shares: Share[] };
      await hub.db.transaction().execute(async (db) => {
        await db.deleteFrom('placement').where('id', '=', row.id).execute();
        await storeShares(db, row.cache_id, shares);
      });
      hub.events.emit('placement', row.id);
      return { state: 'done', result: { deleted } };
    },
  };
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
  const selection = selectionOfRow(row);
  const ref = formatPart(row.dataset_name, row.version, selection);
  const named = `${formatRef(row.dataset_name, row.version)}${selection ? ` ${selectionOptions(selection)}` : ''}`;
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
