import type { VerifyResult } from '../api/schemas.ts';
import { Learned } from '../dataset/learned/learned.ts';
import type { Control } from '../dataset/progress.ts';
import { readSelectedLeaves } from '../dataset/selection.ts';
import { verifyTree } from '../dataset/verify/verifyTree.ts';
import type { Lake } from '../lake/lake.ts';
import type { CacheDirectory } from './directory.ts';
import { type CachedVersion, isReady, partOf } from './record.ts';

export interface VerifyPlacementRequest {
  cache: CacheDirectory;
  lake: Lake;
  dataset: { id: string; name: string };
  version: CachedVersion;
}

/**
 * Reads and hashes every byte of a version, or a part of one, on the cache, and names what is missing, changed or should not be there.
 * The list of what belongs there comes from the lake. Throws `cancelled` and the lake's errors.
 */
export async function verifyPlacement(
  { cache, lake, dataset, version }: VerifyPlacementRequest,
  control: Control,
): Promise<VerifyResult> {
  const found = await cache.find(dataset, version.version, partOf(version));
  const learned = new Learned(lake, dataset.id, control.signal);
  const leaves = learned.fillLeaves(readSelectedLeaves(lake, dataset.id, version.root, version.selection));
  const result = await verifyTree(
    { folder: found.path, leaves, size: { files: version.files, bytes: version.bytes } },
    control,
  );
  if (isReady(found, { ...version, datasetId: dataset.id })) return result;
  const problem = { path: '', problem: 'the record beside the folder is missing or belongs to another one' };
  return { ...result, ok: false, problems: [problem, ...result.problems] };
}
