import { comparePaths, type Entry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import { readChanges } from '../manifest/changes.ts';
import { differingLeaves, type ManifestTree } from '../manifest/differ.ts';
import { type Difference, differ, sideOf } from './difference.ts';

/** A version of a dataset in a lake. */
export type ComparedVersion = Omit<ManifestTree, 'root'> & { version: VersionRecord };

export interface DifferencesOptions {
  signal?: AbortSignal | undefined;
  /** Hears how many of the manifests' pages have been read. */
  onPages?: ((read: number, all: number) => void) | undefined;
}

/**
 * What `to` has against `from` (undefined: nothing), in path order, some at a time; memory doesn't grow with them.
 * Of a version and its parent the commit's own list is read; of others only the pages that differ.
 */
export async function* differences(
  from: ComparedVersion | undefined,
  to: ComparedVersion,
  { signal, onPages }: DifferencesOptions = {},
): AsyncGenerator<Difference[]> {
  const [before, after] = [from?.version, to.version];
  if (before?.digest === after.digest) return;
  if (before && after.changes !== null && from?.datasetId === to.datasetId && isParent(before, after)) {
    const digests = { from: before.digest, to: after.digest };
    yield await readChanges(to.lake, to.datasetId, after.changes, digests, signal);
    return;
  }
  const leaves = await differingLeaves(from && treeOf(from), treeOf(to), signal);
  let read = 0;
  const counted = async function* (side: AsyncGenerator<Entry[]>) {
    for await (const entries of side) {
      onPages?.(++read, leaves.pages);
      yield entries;
    }
  };
  yield* mergeLeaves(counted(leaves.before), counted(leaves.after));
}

const isParent = (before: VersionRecord, after: VersionRecord) => after.parents[0] === before.version;

const treeOf = ({ lake, datasetId, version }: ComparedVersion): ManifestTree => ({
  lake,
  datasetId,
  root: version.root,
});

/** The differences between two streams of entries, each in path order. */
export async function* mergeLeaves(
  before: AsyncIterator<Entry[]>,
  after: AsyncIterator<Entry[]>,
): AsyncGenerator<Difference[]> {
  const [left, right] = [new Cursor(before), new Cursor(after)];
  for (;;) {
    await Promise.all([left.fill(), right.fill()]);
    const found: Difference[] = [];
    // As far as both are known.
    while ((left.now || left.ended) && (right.now || right.ended) && (left.now || right.now)) {
      const [old, now] = [left.now, right.now];
      const order = !old ? 1 : !now ? -1 : comparePaths(old.path, now.path);
      if (order < 0 && old) found.push({ path: old.path, before: sideOf(old), after: undefined });
      else if (order > 0 && now) found.push({ path: now.path, before: undefined, after: sideOf(now) });
      else if (old && now && differ(old, now)) {
        found.push({ path: now.path, before: sideOf(old), after: sideOf(now) });
      }
      if (order <= 0) left.at++;
      if (order >= 0) right.at++;
    }
    if (found.length > 0) yield found;
    if (left.ended && right.ended && !left.now && !right.now) return;
  }
}

class Cursor {
  readonly #leaves: AsyncIterator<Entry[]>;
  #entries: Entry[] = [];
  at = 0;
  ended = false;

  constructor(leaves: AsyncIterator<Entry[]>) {
    this.#leaves = leaves;
  }

  get now(): Entry | undefined {
    return this.#entries[this.at];
  }

  async fill(): Promise<void> {
    while (!this.ended && this.at >= this.#entries.length) {
      const { done, value } = await this.#leaves.next();
      this.at = 0;
      this.#entries = done ? [] : value;
      this.ended = done === true;
    }
  }
}
