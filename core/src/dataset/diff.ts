import type { Diff } from '../api/schemas.ts';
import type { Lake } from '../lake/lake.ts';
import { canonicalEntry, comparePaths, type Entry } from './entry.ts';
import type { VersionRecord } from './history.ts';
import { type Change, readChanges } from './manifest/changes.ts';
import { differingEntries } from './manifest/differ.ts';

/**
 * What `to` has against `from` (null: nothing), in path order; sizes in bytes, of what was removed the former one.
 * Of a version and its parent the commit's own list is read; of others only the pages that differ.
 */
export async function diffVersions(
  lake: Lake,
  datasetId: string,
  from: VersionRecord | null,
  to: VersionRecord,
  signal?: AbortSignal,
): Promise<Diff> {
  if (from?.digest === to.digest) return { added: [], changed: [], removed: [] };
  if (from && to.changes !== null && to.parents[0] === from.version) {
    const digests = { from: from.digest, to: to.digest };
    return byKind(await readChanges(lake, datasetId, to.changes, digests, signal));
  }
  const { before, after } = await differingEntries(lake, datasetId, from?.root, to.root, signal);
  return byKind(mergeChanges(before, after));
}

/** The changes between two lists of entries, each in path order. */
export function* mergeChanges(before: Entry[], after: Entry[]): Generator<Change> {
  let [i, j] = [0, 0];
  for (let [old, now] = [before[i], after[j]]; old || now; [old, now] = [before[i], after[j]]) {
    const order = !old ? 1 : !now ? -1 : comparePaths(old.path, now.path);
    if (order < 0 && old) yield { is: 'removed', path: old.path, size: sizeOf(old) };
    else if (order > 0 && now) yield { is: 'added', path: now.path, size: sizeOf(now) };
    else if (old && now && canonicalEntry(old) !== canonicalEntry(now)) {
      yield { is: 'changed', path: now.path, size: sizeOf(now) };
    }
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
}

function sizeOf(entry: Entry): number {
  return entry.kind === 'file' ? entry.size : 0;
}

function byKind(changes: Iterable<Change>): Diff {
  const diff: Diff = { added: [], changed: [], removed: [] };
  for (const { is, path, size } of changes) diff[is].push({ path, size });
  return diff;
}
