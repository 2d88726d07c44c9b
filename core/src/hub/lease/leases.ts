import { ForebayError, formatPart, type Lease, type LeaseHolder } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';
import type { HubContext } from '../context.ts';
import { selectionOfRow, type WantedVersion } from '../placement/part.ts';
import { requestPlacement } from '../placement/request.ts';
import type { Database } from '../store/migrations.ts';
import type { LeaseRow } from '../store/tables.ts';
import type { Connections } from './connections.ts';
import { holderOf } from './holder.ts';
import { processStart } from './processStart.ts';

/**
 * Takes a lease on a version or a part of one, cached if need be; it holds from now on, also while the version is being filled.
 * `sameUse`: for the same reason as another lease, so that it counts as one use.
 * Throws what `requestPlacement` throws, and `bad-request` for a process that has ended.
 */
export async function takeLease(
  hub: HubContext,
  connections: Connections,
  wanted: WantedVersion,
  cacheName: string | undefined,
  holder: LeaseHolder,
  sameUse = false,
): Promise<Lease> {
  const id = randomName();
  const row = await newRow(id, holder, hub.clock.now());
  await requestPlacement(hub, wanted, cacheName, {
    asked: 'mount',
    again: sameUse,
    async within(db, placementId) {
      await db
        .insertInto('lease')
        .values({ ...row, placement_id: placementId })
        .execute();
    },
  });
  if (holder.kind === 'connection') connections.expect(id);
  const lease = await readLease(hub, id);
  hub.events.emit('lease', id);
  hub.events.emit('placement', lease.placement);
  return lease;
}

async function newRow(
  id: string,
  holder: LeaseHolder,
  since: number,
): Promise<Omit<LeaseRow, 'placement_id'>> {
  const row = { id, kind: holder.kind, pid: null, started: null, label: null, since };
  if (holder.kind === 'connection') return { ...row, label: holder.label };
  if (holder.kind === 'manual') return row;
  const started = await processStart(holder.pid);
  if (started === undefined) {
    throw new ForebayError('bad-request', `There is no process ${holder.pid} on this machine.`);
  }
  return { ...row, pid: holder.pid, started };
}

/** Gives a lease back; a second time is `lease-unknown`. The placement ages out from now on. */
export async function endLease(hub: HubContext, id: string): Promise<void> {
  const ended = await hub.db.transaction().execute(async (db) => {
    const row = await db
      .deleteFrom('lease')
      .where('id', '=', id)
      .returning('placement_id')
      .executeTakeFirst();
    if (!row) throw unknown(id);
    await db
      .updateTable('placement')
      .set({ last_used: hub.clock.now() })
      .where('id', '=', row.placement_id)
      .execute();
    return row.placement_id;
  });
  hub.events.emit('lease', id);
  hub.events.emit('placement', ended);
}

export async function readLease(hub: HubContext, id: string): Promise<Lease> {
  const row = await selectLeases(hub.db).where('lease.id', '=', id).executeTakeFirst();
  if (!row) throw unknown(id);
  return viewLease(row);
}

/** Oldest first. */
export async function listLeases(hub: HubContext): Promise<Lease[]> {
  const rows = await selectLeases(hub.db).orderBy('lease.since').orderBy('lease.id').execute();
  return rows.map(viewLease);
}

function selectLeases(db: Database) {
  return db
    .selectFrom('lease')
    .innerJoin('placement', 'placement.id', 'lease.placement_id')
    .innerJoin('cache', 'cache.id', 'placement.cache_id')
    .selectAll('lease')
    .select([
      'placement.dataset_name',
      'placement.version',
      'placement.selection',
      'placement.state',
      'placement.path',
      'placement.job_id',
      'cache.name as cache_name',
    ]);
}

type FoundLease = Awaited<ReturnType<ReturnType<typeof selectLeases>['execute']>>[number];

function viewLease(row: FoundLease): Lease {
  return {
    id: row.id,
    placement: row.placement_id,
    dataset: row.dataset_name,
    version: row.version,
    selection: selectionOfRow(row),
    cache: row.cache_name,
    path: row.state === 'ready' ? row.path : null,
    holder: holderOf(row),
    since: new Date(row.since).toISOString(),
    job: row.job_id,
  };
}

function unknown(id: string): ForebayError {
  return new ForebayError('lease-unknown', `There is no lease '${id}'; it may have been given back.`);
}

/** Leases of this kind whose holder could be gone. */
export async function leasesOfKind(hub: HubContext, kind: LeaseRow['kind']): Promise<LeaseRow[]> {
  return hub.db.selectFrom('lease').selectAll().where('kind', '=', kind).execute();
}

/** 'mnist@v2' of a lease, or 'mnist@v2 (part: ...)'. */
export const leasedRef = (lease: Lease) => formatPart(lease.dataset, lease.version, lease.selection);
