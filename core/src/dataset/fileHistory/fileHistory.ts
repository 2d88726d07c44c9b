import type { Lake } from '../../lake/lake.ts';
import { canonicalEntry, type Entry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import { findEntry } from '../manifest/read.ts';

/** A version in which something else is at a path than in the version before. */
export interface FileChange {
  version: VersionRecord;
  is: 'added' | 'changed' | 'removed';
  /** What is there from this version on; null where nothing is. */
  entry: Entry | null;
}

/** Versions that are looked into at the same time. */
const atOnce = 8;

/**
 * What became of one path, newest first: of `versions` (ascending) those in which it changed. `before` is the version
 * ahead of them, or null where they begin with the first. A page a level of each version is read, whatever their sizes.
 * Throws `damaged` and what the lake throws.
 */
export async function fileHistory(
  lake: Lake,
  datasetId: string,
  {
    path,
    versions,
    before,
  }: { path: string; versions: readonly VersionRecord[]; before: VersionRecord | null },
  signal?: AbortSignal,
): Promise<FileChange[]> {
  const all = before ? [before, ...versions] : versions;
  const entries: (Entry | null)[] = [];
  for (let at = 0; at < all.length; at += atOnce) {
    signal?.throwIfAborted();
    const some = all.slice(at, at + atOnce);
    const found = await Promise.all(some.map(({ root }) => findEntry(lake, datasetId, root, path)));
    entries.push(...found.map((entry) => entry ?? null));
  }
  const changes: FileChange[] = [];
  for (let at = before ? 1 : 0; at < all.length; at++) {
    const is = changeOf(entries[at - 1] ?? null, entries[at] ?? null);
    if (is) changes.push({ version: all[at] as VersionRecord, is, entry: entries[at] ?? null });
  }
  return changes.reverse();
}

function changeOf(before: Entry | null, after: Entry | null): FileChange['is'] | null {
  if (before === null) return after === null ? null : 'added';
  if (after === null) return 'removed';
  return canonicalEntry(before) === canonicalEntry(after) ? null : 'changed';
}
