import { readdir } from 'node:fs/promises';
import { layout } from '../../cache/layout.ts';
import type { Amount } from '../../placement/room.ts';
import type { HubContext } from '../context.ts';
import type { CacheRow } from '../store/tables.ts';

/** Has a thread delete what lies in a cache's trash; a fill that needs the room waits for it, nobody else. */
export function sweepTrash(hub: HubContext, cache: CacheRow): Promise<void> {
  const before = hub.sweeps.get(cache.id) ?? Promise.resolve();
  const sweeping = before
    .then(() => sweep(hub, cache))
    .catch(hub.log)
    .finally(() => {
      if (hub.sweeps.get(cache.id) === sweeping) hub.sweeps.delete(cache.id);
    });
  hub.sweeps.set(cache.id, sweeping);
  return sweeping;
}

async function sweep(hub: HubContext, cache: CacheRow): Promise<void> {
  const known = await hub.db
    .selectFrom('cache')
    .select(['trash_bytes as bytes', 'trash_inodes as inodes'])
    .where('id', '=', cache.id)
    .executeTakeFirst();
  const names = await readdir(layout.trash(cache.path)).catch(() => []);
  if (!known || (names.length === 0 && known.bytes === 0 && known.inodes === 0)) return;
  const control = { signal: new AbortController().signal, report: () => {} };
  const task = { kind: 'sweep' as const, cache: cache.path, hubId: hub.hubId };
  const left = names.length === 0 ? { bytes: 0, inodes: 0 } : ((await hub.runTask(task, control)) as Amount);
  // What came into the trash meanwhile stays counted until the next sweep.
  await addTrash(hub, cache.id, { bytes: left.bytes - known.bytes, inodes: left.inodes - known.inodes });
  hub.events.emit('cache', cache.name);
}

/** Counts what was moved to the trash (or is no longer there). */
export async function addTrash(
  { db }: Pick<HubContext, 'db'>,
  cacheId: string,
  { bytes, inodes }: Amount,
): Promise<void> {
  await db
    .updateTable('cache')
    .set((update) => ({
      trash_bytes: update.fn<number>('max', [update.val(0), update('trash_bytes', '+', bytes)]),
      trash_inodes: update.fn<number>('max', [update.val(0), update('trash_inodes', '+', inodes)]),
    }))
    .where('id', '=', cacheId)
    .execute();
}
