import { userInfo } from 'node:os';
import { type DeletedDataset, ForebayError, formatRef, type RemovedVersion } from '../../api/index.ts';
import { deleteDataset as deleteFromLake } from '../../dataset/catalog.ts';
import { pickVersion, removeVersion as removeFromLake } from '../../dataset/history.ts';
import type { HubContext } from '../context.ts';
import { describeHolders } from '../lease/holder.ts';
import { evictPlacement } from '../placement/evict.ts';
import type { PlacementRow } from '../store/tables.ts';

type Placed = PlacementRow & { cache_name: string };

/**
 * Removes a version for everybody; cached copies of it are cleared afterwards. Whoever leases one in between keeps it.
 * Throws `version-unknown`, or `in-use` naming who holds it on this hub.
 */
export async function removeVersion(hub: HubContext, name: string, number: number): Promise<RemovedVersion> {
  const { opened, dataset, history } = await hub.catalog.dataset(name);
  const version = pickVersion(history, name, { kind: 'number', number });
  const placed = await placementsOf(hub, opened.id, dataset.id, number);
  await refuseInUse(hub, placed);
  await removeFromLake(opened.lake, dataset, number, userInfo().username);
  hub.events.emit('dataset', name);
  return { dataset: name, version: number, tags: version.tags, clearing: await clear(hub, placed) };
}

/** Deletes a dataset with all its versions. Throws `dataset-unknown`, or `in-use` naming who holds what. */
export async function deleteDataset(hub: HubContext, name: string): Promise<DeletedDataset> {
  const { opened, dataset, history } = await hub.catalog.dataset(name);
  const placed = await placementsOf(hub, opened.id, dataset.id);
  await refuseInUse(hub, placed);
  await deleteFromLake(opened.lake, dataset, userInfo().username);
  hub.events.emit('dataset', name);
  return { dataset: name, versions: history.versions.length, clearing: await clear(hub, placed) };
}

async function placementsOf(
  hub: HubContext,
  lakeId: string,
  datasetId: string,
  version?: number,
): Promise<Placed[]> {
  let rows = hub.db
    .selectFrom('placement')
    .innerJoin('cache', 'cache.id', 'placement.cache_id')
    .selectAll('placement')
    .select('cache.name as cache_name')
    .where('placement.lake_id', '=', lakeId)
    .where('placement.dataset_id', '=', datasetId);
  if (version !== undefined) rows = rows.where('placement.version', '=', version);
  return rows.orderBy('placement.version').orderBy('cache.name').execute();
}

async function refuseInUse(hub: HubContext, placed: Placed[]): Promise<void> {
  const reasons: string[] = [];
  for (const row of placed) {
    const ref = formatRef(row.dataset_name, row.version);
    if (row.pinned === 1) reasons.push(`${ref} is pinned on the cache '${row.cache_name}'`);
    const leases = await hub.db.selectFrom('lease').selectAll().where('placement_id', '=', row.id).execute();
    if (leases.length === 0) continue;
    reasons.push(`${ref} is in use on the cache '${row.cache_name}' by ${describeHolders(leases)}`);
  }
  if (reasons.length === 0) return;
  throw new ForebayError(
    'in-use',
    `${reasons.join('; ')}.`,
    "Give it back with 'forebay unmount' or wait until they have ended; a pin goes with 'forebay cache unpin'.",
  );
}

/** What can't be cleared now (leased in this very moment, say) ages out. */
async function clear(hub: HubContext, placed: Placed[]): Promise<{ cache: string; job: string }[]> {
  const clearing: { cache: string; job: string }[] = [];
  for (const { id, cache_name: cache } of placed) {
    try {
      clearing.push({ cache, job: (await evictPlacement(hub, id)).id });
    } catch (error) {
      if (!(error instanceof ForebayError)) throw error;
    }
  }
  return clearing;
}
