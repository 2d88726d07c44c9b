import type { Share } from '../../cache/shares.ts';
import type { HubContext } from '../context.ts';
import type { Database } from '../store/migrations.ts';
import type { CacheRow, PlacementRow } from '../store/tables.ts';

type Dataset = { id: string; name: string };

/** What was measured counts for the placements that still are what was measured. */
export async function storeShares(db: Database, cacheId: string, shares: Share[]): Promise<void> {
  for (const { fill, bytes, inodes } of shares) {
    await db
      .updateTable('placement')
      .set({ stored_bytes: bytes, stored_inodes: inodes })
      .where('cache_id', '=', cacheId)
      .where('fill_id', '=', fill)
      .where('state', 'in', ['ready', 'evicting'])
      .execute();
  }
}

/** Has a thread measure these datasets' placements; a fill waits for it, nobody else. */
export function measureAgain(hub: HubContext, cache: CacheRow, datasets: Dataset[]): void {
  const distinct = [...new Map(datasets.map((dataset) => [dataset.id, dataset])).values()];
  if (distinct.length === 0) return;
  const control = { signal: new AbortController().signal, report: () => {} };
  const measure = async () => {
    for (const dataset of distinct) {
      const task = { kind: 'measure' as const, cache: cache.path, hubId: hub.hubId, dataset };
      await storeShares(hub.db, cache.id, (await hub.runTask(task, control)) as Share[]);
    }
    hub.events.emit('cache', cache.name);
  };
  const before = hub.measures.get(cache.id) ?? Promise.resolve();
  const measuring = before
    .then(measure)
    .catch(hub.log)
    .finally(() => {
      if (hub.measures.get(cache.id) === measuring) hub.measures.delete(cache.id);
    });
  hub.measures.set(cache.id, measuring);
}

/** After a recovery: the datasets of which a placement went, or became ready without being measured. */
export function datasetsToMeasure(before: PlacementRow[], after: PlacementRow[]): Dataset[] {
  const now = new Map(after.map((row) => [row.id, row.state]));
  const changed = before.filter(
    (row) => row.state === 'evicting' || (row.state === 'ready') !== (now.get(row.id) === 'ready'),
  );
  return changed.map((row) => ({ id: row.dataset_id, name: row.dataset_name }));
}
