import { lstat } from 'node:fs/promises';
import type { CacheDirectory } from './directory.ts';
import { unlessAbsent } from './errno.ts';
import { measureTree } from './measure.ts';
import { isReadyAt, placesIn } from './recover.ts';

/** What a ready version or part takes on the disk; of its files, those that none before it shares. */
export interface Share {
  version: number;
  /** The hash of a part. */
  part: string | null;
  /** The fill that its record names. */
  fill: string;
  bytes: number;
  inodes: number;
}

/**
 * The shares of a dataset's versions and parts on a cache, by version, each before its parts: together they are what
 * the disk has given, since a file that several share by hard links counts for the first of them. Walks every file: call it in a job.
 */
export async function measureShares(
  cache: CacheDirectory,
  dataset: { id: string; name: string },
): Promise<Share[]> {
  const counted = new Set<number>();
  const shares: Share[] = [];
  for (const { version, part } of await placesIn(await cache.datasetFolder(dataset))) {
    const found = await cache.find(dataset, version, part);
    const top = await unlessAbsent(lstat(found.path));
    if (!top || !found.record || !isReadyAt(found, dataset.id, { version, part })) continue;
    const below = await measureTree(found.path, undefined, counted);
    const own = top.blocks === undefined ? top.size : top.blocks * 512;
    shares.push({
      version,
      part,
      fill: found.record.fill,
      bytes: below.bytes + own,
      inodes: below.inodes + 1,
    });
  }
  return shares;
}
