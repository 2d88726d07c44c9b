import type { ForebayError } from '@forebay/core/api/errors';
import type { CacheStore, Dataset, Job, LakeInfo, Placement, Run, Version } from '@forebay/core/api/schemas';

/** The versions of one opened dataset, newest first, as far as they were read. */
export interface VersionList {
  items: readonly Version[];
  next: string | null;
  state: 'loading' | 'ready' | 'failed';
  error: ForebayError | null;
}

export interface Failure {
  error: ForebayError;
  /** Milliseconds since the epoch: when the first of a row of failures was seen. */
  since: number;
}

/** All that the side bar knows, as the daemon last told it. */
export interface Snapshot {
  loaded: boolean;
  lake: LakeInfo | null;
  datasets: readonly Dataset[];
  /** The cursor of the datasets that were not read yet; null at the end. */
  nextDatasets: string | null;
  versions: ReadonlyMap<string, VersionList>;
  /** Of whole versions. */
  placements: readonly Placement[];
  /** Of parts, which never look like the whole. */
  parts: readonly Placement[];
  caches: readonly CacheStore[];
  /** Queued and running. */
  jobs: readonly Job[];
  /** The latest, newest first. */
  runs: readonly Run[];
  failure: Failure | null;
}

export const emptySnapshot: Snapshot = {
  loaded: false,
  lake: null,
  datasets: [],
  nextDatasets: null,
  versions: new Map(),
  placements: [],
  parts: [],
  caches: [],
  jobs: [],
  runs: [],
  failure: null,
};
