import type { CacheDirectory } from './directory.ts';
import { listStaging } from './staging.ts';
import { emptyTrash, moveToTrash } from './trash.ts';

export interface EvictRequest {
  cache: CacheDirectory;
  dataset: { id: string; name: string };
  version: number;
}

/**
 * Clears a version: out of sight by one rename, then deleted. After a crash at any instant it is either still ready
 * or already gone, since the folder goes first and a record without one counts for nothing.
 * Safe to call again, and for what isn't there. Whether somebody uses it is the caller's to know.
 * True when the disk has it back; false while `signal` or an NFS reader keeps some of it for later.
 */
export async function evictVersion(request: EvictRequest, signal?: AbortSignal): Promise<boolean> {
  const { cache, dataset, version } = request;
  for (const { path, fill } of await listStaging(cache.path)) {
    if (fill?.dataset === dataset.id && fill.version === version) await moveToTrash(cache.path, path);
  }
  const { path } = await cache.find(dataset, version);
  await moveToTrash(cache.path, path);
  await moveToTrash(cache.path, `${path}.json`);
  return emptyTrash(cache.path, signal);
}
