import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bootId } from './boot.ts';
import type { CacheDirectory } from './directory.ts';
import { unlessAbsent } from './errno.ts';
import { datasetIdIn, layout, versionIn } from './layout.ts';
import { isReady, type PlacementRecord, readRecord } from './record.ts';
import { listStaging, type StagingFolder } from './staging.ts';
import { emptyTrash, moveToTrash } from './trash.ts';

/** What a hub still wants to fill; its staging folders are kept. */
export interface KnownFill {
  datasetId: string;
  version: number;
}

export interface RecoveredCache {
  /** Record and folder agree. */
  ready: { path: string; inode: string; record: PlacementRecord }[];
  /** Fills that can go on, with how many ranges their journals hold. */
  staging: StagingFolder[];
  /** Paths that were moved to the trash: half-published, half-evicted or unknown. */
  discarded: string[];
}

/**
 * After a crash, before any fill or eviction: finds what is ready, keeps the staging folders of `known` fills,
 * moves everything half done to the trash and empties it. What it doesn't understand it leaves alone.
 */
export async function recoverCache(
  cache: CacheDirectory,
  known: KnownFill[],
  signal?: AbortSignal,
): Promise<RecoveredCache> {
  const recovered: RecoveredCache = { ready: [], staging: [], discarded: [] };
  const discard = async (path: string): Promise<void> => {
    if (await moveToTrash(cache.path, path)) recovered.discarded.push(path);
  };
  const boot = await bootId();
  for (const staging of await listStaging(cache.path)) {
    if (isWanted(staging, known, boot)) recovered.staging.push(staging);
    else await discard(staging.path);
  }
  const datasets = layout.datasets(cache.path);
  for (const name of (await unlessAbsent(readdir(datasets))) ?? []) {
    const datasetId = datasetIdIn(name);
    if (datasetId === undefined) continue;
    for (const version of await versionsIn(join(datasets, name))) {
      const path = join(datasets, name, `v${version}`);
      const stat = await unlessAbsent(lstat(path, { bigint: true }));
      const record = await readRecord(`${path}.json`);
      const inode = stat?.isDirectory() ? String(stat.ino) : null;
      if (inode !== null && record !== null && isReady({ path, inode, record }, { datasetId, version })) {
        // A crash may fall between the rename and this last step.
        if (process.platform !== 'win32') await chmod(path, 0o555);
        recovered.ready.push({ path, inode, record });
      } else {
        await discard(path);
        await discard(`${path}.json`);
      }
    }
  }
  await emptyTrash(cache.path, signal);
  return recovered;
}

function isWanted({ fill }: StagingFolder, known: KnownFill[], boot: string): boolean {
  if (fill === null || fill.boot !== boot) return false;
  return known.some(({ datasetId, version }) => datasetId === fill.dataset && version === fill.version);
}

/** Versions that have a folder or a record there, ascending. */
export async function versionsIn(folder: string): Promise<number[]> {
  const numbers = ((await unlessAbsent(readdir(folder))) ?? []).map((name) => versionIn(name)?.version);
  return [...new Set(numbers.filter((number) => number !== undefined))].sort((a, b) => a - b);
}
