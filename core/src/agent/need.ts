import { CacheDirectory } from '../cache/directory.ts';
import { readyLenders } from '../cache/fill/lenders.ts';
import { needOf } from '../cache/fill/need.ts';
import type { Need } from '../cache/fill/room.ts';
import { measureDisk } from '../cache/measure.ts';
import type { CachedVersion, Lender } from '../cache/record.ts';
import { Learned } from '../dataset/learned/learned.ts';
import type { Control } from '../dataset/progress.ts';
import { readSelectedLeaves } from '../dataset/selection.ts';
import type { Lake } from '../lake/lake.ts';

/** A version, or part of one, whose need on a cache is to be counted exactly, from its manifest and those of what lends it files. */
export interface NeedOrder {
  cache: string;
  hubId: string;
  dataset: { id: string; name: string };
  version: CachedVersion;
  reuse: Lender[];
  heal: boolean;
}

export async function countNeed(order: NeedOrder, lake: Lake, { signal }: Control): Promise<Need> {
  const cache = await CacheDirectory.open(order.cache, order.hubId);
  const { block } = await measureDisk(cache.path);
  const { dataset, version } = order;
  const learned = new Learned(lake, dataset.id, signal);
  const lending = await readyLenders({ ...order, cache, lake }, learned, signal);
  return needOf(
    learned.fillLeaves(readSelectedLeaves(lake, dataset.id, version.root, version.selection, { signal })),
    lending.map((lender) => lender.leaves()),
    block,
  );
}
