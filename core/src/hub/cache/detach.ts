import { ForebayError, formatPart } from '../../api/index.ts';
import type { HubContext } from '../context.ts';
import { describeHolders } from '../lease/holder.ts';
import { evictPlacement } from '../placement/evict.ts';
import { partArguments, selectionOfRow } from '../placement/part.ts';
import type { CacheRow } from '../store/tables.ts';

/** Clears a cache and forgets it. Throws `cache-unknown`, or `in-use` while somebody leases what it holds. */
export async function detachCache(hub: HubContext, name: string): Promise<void> {
  const cache = await hub.db.selectFrom('cache').selectAll().where('name', '=', name).executeTakeFirst();
  if (!cache) throw new ForebayError('cache-unknown', `There is no cache '${name}'.`);
  await refuseInUse(hub, cache);
  const placements = await hub.db
    .selectFrom('placement')
    .select('id')
    .where('cache_id', '=', cache.id)
    .execute();
  for (const { id } of placements) {
    const job = await hub.jobs.finished((await evictPlacement(hub, id, 'detached')).id);
    if (job.kind === 'evict' && job.state !== 'done') {
      throw new ForebayError(
        'in-use',
        `'${name}' could not be cleared: ${job.problem?.detail ?? 'an eviction was stopped.'}`,
        'Try again.',
      );
    }
  }
  await hub.db.deleteFrom('cache').where('id', '=', cache.id).execute();
  hub.events.emit('cache', name);
}

async function refuseInUse(hub: HubContext, cache: CacheRow): Promise<void> {
  const leases = await hub.db
    .selectFrom('lease')
    .innerJoin('placement', 'placement.id', 'lease.placement_id')
    .selectAll('lease')
    .select(['placement.dataset_name', 'placement.version', 'placement.selection'])
    .where('placement.cache_id', '=', cache.id)
    .execute();
  if (leases.length === 0) return refusePinned(hub, cache);
  const refs = [
    ...new Set(leases.map((lease) => formatPart(lease.dataset_name, lease.version, selectionOfRow(lease)))),
  ];
  throw new ForebayError(
    'in-use',
    `'${cache.name}' holds ${refs.join(', ')}, in use by ${describeHolders(leases)}.`,
    'Give them back first.',
  );
}

async function refusePinned(hub: HubContext, cache: CacheRow): Promise<void> {
  const pinned = await hub.db
    .selectFrom('placement')
    .selectAll()
    .where('cache_id', '=', cache.id)
    .where('pinned', '=', 1)
    .execute();
  if (pinned.length === 0) return;
  const refs = pinned.map((row) => formatPart(row.dataset_name, row.version, selectionOfRow(row)));
  throw new ForebayError(
    'in-use',
    `'${cache.name}' holds ${refs.join(', ')}, which ${refs.length === 1 ? 'is' : 'are'} pinned.`,
    `Unpin first: ${pinned.map((row) => `forebay cache unpin ${partArguments(row)}`).join('; ')}.`,
  );
}
