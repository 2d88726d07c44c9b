import { CacheDirectory } from '../../cache/directory.ts';
import { isReady, partOf } from '../../cache/record.ts';
import type { HubContext } from '../context.ts';
import type { CacheRow } from '../store/tables.ts';
import type { ReadyPlacement } from './state.ts';

/**
 * `ready` needs database, file and folder to agree: this attempt's record stands beside the folder with its inode.
 * A few small reads. Throws `cache-unfit` where the cache itself is away: then nothing is known.
 */
export async function isProved(hub: HubContext, cache: CacheRow, ready: ReadyPlacement): Promise<boolean> {
  const directory = await CacheDirectory.open(cache.path, hub.hubId);
  const { dataset, version, digest, selection } = ready;
  const found = await directory.find(dataset, version, partOf(ready));
  const wanted = { datasetId: dataset.id, version, digest, selection };
  return isReady(found, wanted) && found.record?.fill === ready.fillId && found.path === ready.path;
}
