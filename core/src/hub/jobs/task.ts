import type { ImportSource } from '../../api/importSource.ts';
import type { PullChoice, Selection } from '../../api/index.ts';
import type { Limits } from '../../cache/fill/room.ts';
import type { VersionRecord } from '../../dataset/history.ts';
import type { LogSnapshot } from '../../dataset/log/log.ts';
import type { DatasetState } from '../../dataset/log/state.ts';
import type { LakeLocation } from '../../lake/location.ts';

interface InLake {
  lake: LakeLocation;
  lakeId: string;
}

export interface DatasetName {
  id: string;
  name: string;
}

export type SyncTask = InLake & {
  kind: 'sync';
  folder: string;
  message: string;
  author: string;
  replace: boolean;
  /** Packs that are known to be damaged. */
  damaged?: string[];
  log?: LogSnapshot<DatasetState> | undefined;
};
export type ImportTask = InLake & {
  kind: 'import';
  name: string;
  source: ImportSource;
  endpoint: string | undefined;
  message: string;
  author: string;
  replace: boolean;
  skip: boolean;
};
export type PullTask = InLake & {
  kind: 'pull';
  folder: string;
  dryRun?: boolean;
  choices?: Record<string, PullChoice> | undefined;
};
/** What a sync would make; nothing is written. */
export type PreviewTask = InLake & { kind: 'preview'; folder: string };
/** How a folder of so many files at most differs from its base, and what lies directly in `shown`; nobody's job. */
export type LookTask = InLake & {
  kind: 'look';
  folder: string;
  shown: string;
  filesMost: number | null;
  changesMost: number;
};
export type CloneTask = InLake & {
  kind: 'clone';
  dataset: DatasetName;
  version: VersionRecord;
  folder: string;
  selection: Selection | null;
};
export type VerifyTask = InLake & { kind: 'verify'; dataset: DatasetName; version: VersionRecord };

/** A version, or the selected part of it with the part's counts. */
export type PlacedVersion = VersionRecord & { selection: Selection | null };
export type CollectTask = InLake & {
  kind: 'collect';
  datasets: (DatasetName & { deleted: boolean })[];
  author: string;
  dryRun: boolean;
  /** Milliseconds. */
  olderThan: number;
};
export type RepackTask = InLake & { kind: 'repack'; dataset: DatasetName; author: string; dryRun: boolean };
export type RepairTask = InLake & {
  kind: 'repair';
  dataset: DatasetName;
  /** Null: all. */
  version: number | null;
  /** Where whole files may be found. */
  folders: { path: string; name: string; workingCopy: boolean }[];
  author: string;
};

/** Brings in the runs of another store. */
export interface ImportRunsTask {
  kind: 'import-runs';
  /** Of this home's runs. */
  folder: string;
  path: string;
  experiment: string | undefined;
  dryRun: boolean;
}

interface OnCache {
  /** The cache's directory and the hub that owns it. */
  cache: string;
  hubId: string;
  dataset: DatasetName;
}

export type FillTask = InLake &
  OnCache & {
    kind: 'fill';
    version: PlacedVersion;
    fillId: string;
    /** Ready versions of the same dataset (and parts) on this cache, whose files may be hard-linked. */
    reuse: (PlacedVersion & { damaged?: string[] })[];
    /** The version itself stands there, and lends what isn't damaged. */
    heal: boolean;
    limits: Limits;
  };
export type EvictTask = OnCache & {
  kind: 'evict';
  version: number;
  /** The hash of a part. */
  part: string | null;
  /** Where every byte must be found before the cached copy goes; null where nothing is to be found. */
  confirm: { lake: LakeLocation; root: string; ref: string; selection: Selection | null } | null;
};
export type CacheVerifyTask = InLake & OnCache & { kind: 'cache-verify'; version: PlacedVersion };

/** Counts what a fill would need; nobody's job. */
export type NeedTask = Pick<FillTask, keyof (InLake & OnCache) | 'version' | 'reuse' | 'heal'> & {
  kind: 'need';
};

/** Reads some of a placement again; nobody's job. */
export type ScrubTask = InLake &
  OnCache & {
    kind: 'scrub';
    version: PlacedVersion;
    fillId: string;
    from: string | null;
    clean: boolean;
    bytesPerSecond: number;
    patience: number;
  };

/** Deletes a cache's trash; nobody's job. */
export interface SweepTask {
  kind: 'sweep';
  cache: string;
  hubId: string;
}

/** Measures what a dataset's versions take on a cache; nobody's job. */
export type MeasureTask = OnCache & { kind: 'measure' };

/** Reads a version's manifest for its statistics and for searches, or for one search alone; nobody's job. */
export type SurveyTask = InLake & {
  kind: 'survey';
  datasetId: string;
  root: string;
  files: number;
  only?: { prefix: string; search: string } | undefined;
};

/** What a job thread is told to do: plain data, cloned into it. */
export type Task =
  | SyncTask
  | ImportTask
  | PullTask
  | PreviewTask
  | LookTask
  | CloneTask
  | VerifyTask
  | CollectTask
  | RepackTask
  | RepairTask
  | ImportRunsTask
  | FillTask
  | EvictTask
  | CacheVerifyTask
  | SweepTask
  | MeasureTask
  | NeedTask
  | ScrubTask
  | SurveyTask;
