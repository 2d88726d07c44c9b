import { setTimeout as sleep } from 'node:timers/promises';
import type { Selection } from '../api/index.ts';
import { CacheDirectory } from '../cache/directory.ts';
import { evictVersion } from '../cache/evict.ts';
import { layout } from '../cache/layout.ts';
import { measureTree } from '../cache/measure.ts';
import { measureShares, type Share } from '../cache/shares.ts';
import { emptyTrash, trashPatience, waitForTrash } from '../cache/trash.ts';
import type { Control } from '../dataset/progress.ts';
import type { LakeLocation } from '../lake/location.ts';
import { openLake } from '../lake/open.ts';
import { confirmInLake } from './confirm.ts';

/** One version, or part of one, to clear from a cache of this site. */
export interface EvictOrder {
  cache: string;
  hubId: string;
  dataset: { id: string; name: string };
  version: number;
  /** The hash of a part. */
  part: string | null;
  /** Where every byte must be found first; null for what was removed from the lake on purpose or never was whole. */
  confirm: { lake: LakeLocation; root: string; ref: string; selection: Selection | null } | null;
}

export interface Evicted {
  deleted: boolean;
  /** Of the dataset's other versions, which now bear alone what they shared with this one. */
  shares: Share[];
}

/** Out of sight at once, then deleted; a cancel comes too late for the first and leaves the rest to a sweep. */
export async function evict(order: EvictOrder, control: Control): Promise<Evicted> {
  const phase = (name: string) =>
    control.report({ phase: name, files: 0, filesTotal: null, bytes: 0, bytesTotal: null });
  const cache = await CacheDirectory.open(order.cache, order.hubId);
  const { dataset, version, part } = order;
  if (order.confirm) {
    phase('confirming');
    const lake = openLake(order.confirm.lake);
    try {
      await confirmInLake(lake, dataset.id, order.confirm, control.signal);
    } finally {
      lake.close();
    }
  }
  phase('clearing');
  const patience = await trashPatience(cache.path);
  const deleted = await evictVersion({ cache, dataset, version, part }, control.signal, patience);
  return { deleted, shares: await measureShares(cache, dataset) };
}

/**
 * Deletes what earlier evictions and fills left in the trash, as soon as it may be; tells what is left, which somebody
 * on NFS still reads.
 */
export async function sweep(order: { cache: string; hubId: string }, control: Control): Promise<Swept> {
  const { signal } = control;
  const cache = await CacheDirectory.open(order.cache, order.hubId);
  const patience = await trashPatience(cache.path);
  for (;;) {
    const empty = await emptyTrash(cache.path, signal, patience);
    const wait = empty ? 0 : await waitForTrash(cache.path, patience);
    if (wait === 0 || signal.aborted) break;
    await sleep(wait, undefined, { signal }).catch(() => {});
  }
  return measureTree(layout.trash(cache.path), signal);
}

/** What is left in the trash. */
export interface Swept {
  bytes: number;
  inodes: number;
}
