import { CacheDirectory } from '../cache/directory.ts';
import { type FilledVersion, fillVersion } from '../cache/fill.ts';
import type { CachedVersion } from '../cache/record.ts';
import type { Limits } from '../cache/room.ts';
import type { Control } from '../dataset/progress.ts';
import type { Lake } from '../lake/lake.ts';

/** One version to bring to a cache of this site. */
export interface FillOrder {
  /** The cache's directory, and the hub that must own it. */
  cache: string;
  hubId: string;
  dataset: { id: string; name: string };
  version: CachedVersion;
  fillId: string;
  reuse: CachedVersion[];
  limits: Limits;
}

export async function fill(order: FillOrder, lake: Lake, control: Control): Promise<FilledVersion> {
  const { dataset, version, fillId, reuse, limits } = order;
  const cache = await CacheDirectory.open(order.cache, order.hubId);
  return fillVersion({ cache, lake, dataset, version, fillId, reuse, limits }, control);
}
