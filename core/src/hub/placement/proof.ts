import { CacheDirectory } from '../../cache/directory.ts';
import { isReady } from '../../cache/record.ts';
import type { HubContext } from '../context.ts';
import type { CacheRow } from '../store/tables.ts';
import type { ReadyPlacement } from './state.ts';

/**
 * `ready` needs database, file and folder to agree: this attempt's record stands beside the folder with its inode.
 * A few small reads. Throws `cache-unfit` where the cache itself is away: then nothing is known.
 */
export async function isProved(hub: HubContext, cache: CacheRow, ready: ReadyPlacement): Promise<boolean> {
  const directory = await CacheDirectory.open(cache.path, hub.hubId);
  const found = await directory.find(ready.dataset, ready.version);
  const wanted = { datasetId: ready.dataset.id, version: ready.version, digest: ready.digest };
  return isReady(found, wanted) && found.record?.fill === ready.fillId && found.path === ready.path;
}
