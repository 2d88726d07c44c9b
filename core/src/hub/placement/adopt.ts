import { selectionText } from '../../api/index.ts';
import type { RecoveredCache } from '../../cache/recover.ts';
import { randomName } from '../../dataset/names.ts';
import type { HubContext } from '../context.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { CacheRow } from '../store/tables.ts';
import { measureAgain } from './shares.ts';

/**
 * Enters what stands ready on a cache and isn't known: the database was made anew, or the cache attached again.
 * Record and folder agree there, so with the row all three do. Pins and leases that the former database knew hold again.
 */
export async function adoptReady(hub: HubContext, cache: CacheRow, found: RecoveredCache): Promise<void> {
  const lake = await readSetting(hub.db, 'lake');
  if (!lake) return;
  const now = hub.clock.now();
  const adopted = await hub.db.transaction().execute(async (db) => {
    const formerUse = (await readSetting(db, 'formerUse')) ?? {};
    const datasets: { id: string; name: string }[] = [];
    for (const { path, inode, record } of found.ready) {
      const former = formerUse[record.fill];
      const id = randomName();
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('placement')
        .values({
          id,
          cache_id: cache.id,
          lake_id: lake.id,
          dataset_id: record.dataset.id,
          dataset_name: record.dataset.name,
          version: record.version,
          selection: selectionText(record.selection ?? null),
          digest: record.digest,
          state: 'ready',
          files: record.files,
          bytes: record.bytes,
          stored_bytes: record.bytes,
          stored_inodes: record.files + record.links + record.folders,
          fill_id: record.fill,
          path,
          inode,
          last_used: former?.last_used ?? now,
          pinned: former?.pinned ?? 0,
          job_id: null,
          problem: null,
          verified: Date.parse(record.verified) || 0,
        })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirstOrThrow();
      if (!numInsertedOrUpdatedRows) continue;
      datasets.push(record.dataset);
      if (!former) continue;
      for (const lease of former.leases) {
        await db
          .insertInto('lease')
          .values({ ...lease, placement_id: id })
          .execute();
      }
      // Counts once: from now on this database knows better.
      delete formerUse[record.fill];
      await writeSetting(db, 'formerUse', formerUse);
    }
    return datasets;
  });
  measureAgain(hub, cache, adopted);
}
