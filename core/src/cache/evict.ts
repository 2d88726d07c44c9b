import type { CacheDirectory } from './directory.ts';
import { isFillOf, listStaging } from './fill/staging.ts';
import { emptyTrash, moveToTrash } from './trash.ts';

export interface EvictRequest {
  cache: CacheDirectory;
  dataset: { id: string; name: string };
  version: number;
  /** The hash of a part; none: the whole version. */
  part?: string | null;
}

/**
 * Clears a version, or a part of one: out of sight by one rename, then deleted. After a crash at any instant it is either still ready
 * or already gone, since the folder goes first and a record without one counts for nothing.
 * Safe to call again, and for what isn't there. Whether somebody uses it is the caller's to know.
 * True when the disk has it back; false while `signal`, an NFS reader or `patience` keeps some of it for later.
 */
export async function evictVersion(
  request: EvictRequest,
  signal?: AbortSignal,
  patience = 0,
): Promise<boolean> {
  const { cache, dataset, version, part = null } = request;
  for (const { path, fill } of await listStaging(cache.path)) {
    if (fill && isFillOf(fill, { dataset: dataset.id, version, part })) await moveToTrash(cache.path, path);
  }
  const { path } = await cache.find(dataset, version, part);
  await moveToTrash(cache.path, path);
  await moveToTrash(cache.path, `${path}.json`);
  return emptyTrash(cache.path, signal, patience);
}
