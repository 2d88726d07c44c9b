import { CacheDirectory } from '../../cache/directory.ts';
import type { Place } from '../../cache/layout.ts';
import { isReady, partOf } from '../../cache/record.ts';
import type { HubContext } from '../context.ts';
import type { CacheRow, PlacementRow } from '../store/tables.ts';
import { count } from './counters.ts';
import { damagedPaths } from './lenders.ts';
import { selectionOfRow } from './part.ts';
import { isProved } from './proof.ts';
import { measureAgain } from './shares.ts';
import { placementOf } from './state.ts';

/** What a scrub or a verification found in a placement that was ready, and still is the one that was read. */
export interface Damage {
  row: PlacementRow;
  paths: string[];
  /** Other versions there, or parts of them, that have the same file on the disk. */
  shared: (Place & { path: string })[];
}

/** From now on nobody gets it, and its damaged files aren't lent, until it is healed. True where that is so. */
export async function markDamaged(hub: HubContext, cache: CacheRow, damage: Damage): Promise<boolean> {
  const { row, paths, shared } = damage;
  const ready = placementOf(row);
  if (paths.length === 0 || ready.state !== 'ready' || !(await isProved(hub, cache, ready))) return false;
  const marked = await mark(hub, row, paths);
  if (!marked) return false;
  await count(hub.db, cache.id, 'damaged-files', { by: paths.length });
  if (shared.length === 0) return true;
  const siblings = await hub.db
    .selectFrom('placement')
    .selectAll()
    .where('cache_id', '=', cache.id)
    .where('lake_id', '=', row.lake_id)
    .where('dataset_id', '=', row.dataset_id)
    .execute();
  for (const sibling of siblings) {
    const part = partOf({ selection: selectionOfRow(sibling) });
    const same = shared.filter((each) => each.version === sibling.version && each.part === part);
    if (same.length > 0) {
      await mark(
        hub,
        sibling,
        same.map((each) => each.path),
      );
    }
  }
  return true;
}

/** False where it is no longer what was read. */
async function mark(hub: HubContext, { id, fill_id }: PlacementRow, paths: string[]): Promise<boolean> {
  const marked = await hub.db.transaction().execute(async (db) => {
    const row = await db
      .selectFrom('placement')
      .selectAll()
      .where('id', '=', id)
      .where('fill_id', '=', fill_id)
      .where('state', '=', 'ready')
      .executeTakeFirst();
    if (!row) return false;
    const all = [...new Set([...damagedPaths(row), ...paths])].sort();
    await db
      .updateTable('placement')
      .set({ damage: JSON.stringify(all), scrub_path: null })
      .where('id', '=', id)
      .execute();
    return true;
  });
  if (marked) hub.events.emit('placement', id);
  return marked;
}

/** A heal that didn't come about: what stood there before still does, damaged as it was. False where it doesn't. */
export async function withdrawHeal(hub: HubContext, cache: CacheRow, row: PlacementRow): Promise<boolean> {
  if (row.damage === null) return false;
  const directory = await CacheDirectory.open(cache.path, hub.hubId).catch(() => undefined);
  const dataset = { id: row.dataset_id, name: row.dataset_name };
  const selection = selectionOfRow(row);
  const found = await directory?.find(dataset, row.version, partOf({ selection }));
  const wanted = { datasetId: row.dataset_id, version: row.version, digest: row.digest, selection };
  if (!found?.record || !isReady(found, wanted)) return false;
  await hub.db
    .updateTable('placement')
    .set({
      state: 'ready',
      fill_id: found.record.fill,
      path: found.path,
      inode: found.inode,
      job_id: null,
    })
    .where('id', '=', row.id)
    .where('fill_id', '=', row.fill_id)
    .execute();
  measureAgain(hub, cache, [dataset]);
  return true;
}
