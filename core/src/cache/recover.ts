import { chmod, lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bootId } from './boot.ts';
import type { CacheDirectory } from './directory.ts';
import { unlessAbsent } from './errno.ts';
import { isFillOf, listStaging, type StagingFolder } from './fill/staging.ts';
import { datasetIdIn, layout, type Place, placeIn, placeName } from './layout.ts';
import { type Found, isReady, type PlacementRecord, partOf, readRecord } from './record.ts';
import { emptyTrash, moveToTrash } from './trash.ts';

/** What a hub still wants to fill; its staging folders are kept. */
export interface KnownFill {
  datasetId: string;
  version: number;
  /** The hash of a part. */
  part?: string | null;
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
    for (const place of await placesIn(join(datasets, name))) {
      const path = join(datasets, name, placeName(place));
      const stat = await unlessAbsent(lstat(path, { bigint: true }));
      const record = await readRecord(`${path}.json`);
      const inode = stat?.isDirectory() ? String(stat.ino) : null;
      if (inode !== null && record !== null && isReadyAt({ path, inode, record }, datasetId, place)) {
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
  return known.some(({ datasetId, version, part = null }) =>
    isFillOf(fill, { dataset: datasetId, version, part }),
  );
}

/** Ready, and under the name that what its record says has. */
export function isReadyAt(found: Found, datasetId: string, { version, part }: Place): boolean {
  const { record } = found;
  if (record === null || partOf(record) !== part) return false;
  return isReady(found, { datasetId, version, selection: record.selection });
}

/** Versions and parts of them that have a folder or a record there, by version, each before its parts. */
export async function placesIn(folder: string): Promise<Place[]> {
  const names = (await unlessAbsent(readdir(folder))) ?? [];
  const places = names.map(placeIn).filter((place) => place !== undefined);
  const distinct = new Map(places.map((place) => [placeName(place), place]));
  return [...distinct]
    .sort(([a, { version: v }], [b, { version: w }]) => v - w || (a < b ? -1 : 1))
    .map(([, place]) => place);
}
