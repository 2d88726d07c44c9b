import { readdir } from 'node:fs/promises';
import { layout } from '../../cache/layout.ts';
import type { HubContext } from '../context.ts';
import type { CacheRow } from '../store/tables.ts';

/** Has a thread delete what lies in a cache's trash; nobody waits for it. */
export async function sweepTrash(
  hub: HubContext,
  cache: CacheRow,
  log: (error: unknown) => void,
): Promise<void> {
  const names = await readdir(layout.trash(cache.path)).catch(() => []);
  if (names.length === 0) return;
  const control = { signal: new AbortController().signal, report: () => {} };
  hub.runTask({ kind: 'sweep', cache: cache.path, hubId: hub.hubId }, control).catch(log);
}
