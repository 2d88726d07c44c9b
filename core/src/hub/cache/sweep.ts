import { readdir } from 'node:fs/promises';
import { layout } from '../../cache/layout.ts';
import type { HubContext } from '../context.ts';
import type { CacheRow } from '../store/tables.ts';

/** Has a thread delete what lies in a cache's trash; an eviction waits for it, nobody else. */
export async function sweepTrash(hub: HubContext, cache: CacheRow): Promise<void> {
  const names = await readdir(layout.trash(cache.path)).catch(() => []);
  if (names.length === 0 || hub.sweeps.has(cache.id)) return;
  const control = { signal: new AbortController().signal, report: () => {} };
  const sweep = hub
    .runTask({ kind: 'sweep', cache: cache.path, hubId: hub.hubId }, control)
    .catch(hub.log)
    .finally(() => hub.sweeps.delete(cache.id));
  hub.sweeps.set(cache.id, sweep);
}
