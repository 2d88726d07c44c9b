import { CacheDirectory } from '../cache/directory.ts';
import { measureShares, type Share } from '../cache/shares.ts';

/** Measures again what a dataset's versions take on a cache of this site. */
export async function measure(order: {
  cache: string;
  hubId: string;
  dataset: { id: string; name: string };
}): Promise<Share[]> {
  return measureShares(await CacheDirectory.open(order.cache, order.hubId), order.dataset);
}
