import { CacheDirectory } from '../cache/directory.ts';
import { fillVersion } from '../cache/fill/fill.ts';
import type { FilledVersion } from '../cache/fill/fillRequest.ts';
import type { Limits } from '../cache/fill/room.ts';
import { type CachedVersion, type Lender, partOf } from '../cache/record.ts';
import { measureShares, type Share } from '../cache/shares.ts';
import type { Control } from '../dataset/progress.ts';
import type { Lake } from '../lake/lake.ts';

/** One version, or part of one, to bring to a cache of this site. */
export interface FillOrder {
  /** The cache's directory, and the hub that must own it. */
  cache: string;
  hubId: string;
  dataset: { id: string; name: string };
  version: CachedVersion;
  fillId: string;
  reuse: Lender[];
  heal: boolean;
  limits: Limits;
}

/**
 * `shares` of all the dataset's versions there where this fill can't know its own: it took the place of something
 * that others shared files with, or a version that lent it files has gone meanwhile. Else empty.
 */
export async function fill(
  order: FillOrder,
  lake: Lake,
  control: Control,
): Promise<FilledVersion & { shares: Share[] }> {
  const { dataset, version, fillId, reuse, heal, limits } = order;
  const cache = await CacheDirectory.open(order.cache, order.hubId);
  const stands = async (each: CachedVersion) =>
    (await cache.find(dataset, each.version, partOf(each))).inode !== null;
  const replaces = await stands(version);
  const filled = await fillVersion({ cache, lake, dataset, version, fillId, reuse, heal, limits }, control);
  const lent = (await Promise.all(reuse.map(stands))).every(Boolean);
  return { ...filled, shares: replaces || !lent ? await measureShares(cache, dataset) : [] };
}
