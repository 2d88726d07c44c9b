import { lstat } from 'node:fs/promises';
import type { CacheDirectory } from './directory.ts';
import { unlessAbsent } from './errno.ts';
import { measureTree } from './measure.ts';
import { isReady } from './record.ts';
import { versionsIn } from './recover.ts';

/** What a ready version takes on the disk; of its files, those that no lower version of its dataset shares. */
export interface Share {
  version: number;
  /** The fill that its record names. */
  fill: string;
  bytes: number;
  inodes: number;
}

/**
 * The shares of a dataset's versions on a cache, ascending: together they are what the disk has given, since a file
 * that several versions share by hard links counts for the lowest of them. Walks every file: call it in a job.
 */
export async function measureShares(
  cache: CacheDirectory,
  dataset: { id: string; name: string },
): Promise<Share[]> {
  const counted = new Set<number>();
  const shares: Share[] = [];
  for (const version of await versionsIn(await cache.datasetFolder(dataset))) {
    const found = await cache.find(dataset, version);
    const top = await unlessAbsent(lstat(found.path));
    if (!top || !found.record || !isReady(found, { datasetId: dataset.id, version })) continue;
    const below = await measureTree(found.path, undefined, counted);
    const own = top.blocks === undefined ? top.size : top.blocks * 512;
    shares.push({
      version,
      fill: found.record.fill,
      bytes: below.bytes + own,
      inodes: below.inodes + 1,
    });
  }
  return shares;
}
