import type { Diff } from '../api/schemas.ts';
import type { Lake } from '../lake/lake.ts';
import { differences } from './diff/differences.ts';
import type { VersionRecord } from './history.ts';

/**
 * What `to` has against `from` (null: nothing), whole and in path order; sizes in bytes, of what was removed the former
 * one. For those who want every path: pages ask for a `DiffTable`.
 */
export async function diffVersions(
  lake: Lake,
  datasetId: string,
  from: VersionRecord | null,
  to: VersionRecord,
  signal?: AbortSignal,
): Promise<Diff> {
  const diff: Diff = { added: [], changed: [], removed: [] };
  const [before, after] = [from ?? undefined, to].map((version) => version && { lake, datasetId, version });
  if (!after) return diff;
  for await (const some of differences(before, after, { signal })) {
    for (const { path, before: old, after: now } of some) {
      if (!now) diff.removed.push({ path, size: old?.size ?? 0 });
      else diff[old ? 'changed' : 'added'].push({ path, size: now.size });
    }
  }
  return diff;
}
