import type { ColumnType, Insertable, Selectable } from 'kysely';
import type { JobKind, JobState } from '../../api/index.ts';

/** Milliseconds since 1970, UTC. */
type Time = number;
/** JSON text. */
type Json = string;
type Defaulted<T> = ColumnType<T, T | undefined, T>;

export interface SettingTable {
  key: string;
  value: Json;
}

export interface CacheTable {
  id: string;
  name: string;
  site: string;
  path: string;
  /** Bytes. */
  capacity: number;
  ttl_seconds: number;
  created: Time;
  /** Files, folders and links; null where only the disk limits them. */
  inode_capacity: Defaulted<number | null>;
  /** Evicted, not yet deleted. */
  trash_bytes: Defaulted<number>;
  trash_inodes: Defaulted<number>;
  /** Of finished fills; null until one was measured. */
  bytes_per_second: Defaulted<number | null>;
  files_per_second: Defaulted<number | null>;
  /** Every byte is read again within this time, 0: never. */
  scrub_seconds: Defaulted<number>;
  scrub_bytes_per_second: Defaulted<number>;
}

export interface PlacementTable {
  id: string;
  cache_id: string;
  lake_id: string;
  dataset_id: string;
  dataset_name: string;
  version: number;
  /** Of a part: RFC 8785 text, which is equal where selections are; '' for the whole version. */
  selection: Defaulted<string>;
  digest: string;
  state: 'queued' | 'filling' | 'ready' | 'evicting' | 'failed';
  files: number;
  /** Of the content of the version, or the part. */
  bytes: number;
  /** Reserved while it fills, then what it takes on the disk beyond what it shares with others. */
  stored_bytes: number;
  stored_inodes: number;
  /** Fencing: whoever publishes must still carry this id. A new one for each attempt. */
  fill_id: string;
  /** Where the files are and the inode of that folder; null until ready. */
  path: string | null;
  inode: string | null;
  last_used: Time;
  pinned: Defaulted<number>;
  job_id: string | null;
  problem: Json | null;
  /** Why it is being filled or evicted: a Cause. */
  cause: Defaulted<Json | null>;
  /** Paths whose content on the disk is known to be wrong. */
  damage: Defaulted<Json | null>;
  /** When every byte was last hashed. */
  verified: Defaulted<Time>;
  /** How far the scrubber has come this time. */
  scrub_path: Defaulted<string | null>;
}

export interface LeaseTable {
  id: string;
  placement_id: string;
  kind: 'manual' | 'process' | 'connection';
  pid: number | null;
  /** Start time of the process, so that a reused pid is not taken for it. */
  started: string | null;
  label: string | null;
  since: Time;
}

export interface JobTable {
  id: string;
  kind: JobKind;
  state: JobState;
  title: string;
  dataset: string | null;
  version: number | null;
  cache: string | null;
  /** The folder that the job writes or reads as a working copy; one job a folder. */
  folder: string | null;
  placement_id: string | null;
  progress: Json;
  result: Json | null;
  problem: Json | null;
  created: Time;
  ended: Time | null;
}

/** When a version or a part of it was used on a cache, also where it is no longer there: see placement/uses.ts. */
export interface VersionUseTable {
  cache_id: string;
  lake_id: string;
  dataset_id: string;
  version: number;
  /** As in placements. */
  selection: string;
  days: Json;
  last: Time;
  /** Milliseconds. */
  pause: number | null;
}

/** What only ever grows, for each cache. */
export interface CounterTable {
  cache_id: string;
  name: string;
  label: string;
  value: number;
}

/** The last fills and evictions. */
export interface HistoryTable {
  seq: number;
  time: Time;
  kind: 'fill' | 'eviction';
  outcome: 'done' | 'failed' | 'cancelled';
  reason: string;
  /** Whose room was made, of an eviction under pressure. */
  wanted: string | null;
  cache: string;
  dataset: string;
  version: number;
  /** As in placements. */
  selection: string;
  bytes: number;
  /** Bytes that came from the lake, or that the disk had back. */
  moved: number;
  seconds: number | null;
  problem: string | null;
}

/** Answers of finished writes by Idempotency-Key. */
export interface AnswerTable {
  key: string;
  fingerprint: string;
  status: number;
  body: Json;
  created: Time;
}

export interface Tables {
  setting: SettingTable;
  cache: CacheTable;
  placement: PlacementTable;
  lease: LeaseTable;
  job: JobTable;
  answer: AnswerTable;
  version_use: VersionUseTable;
  counter: CounterTable;
  history: HistoryTable;
}

export type CacheRow = Selectable<CacheTable>;
export type PlacementRow = Selectable<PlacementTable>;
export type NewPlacement = Insertable<PlacementTable>;
export type LeaseRow = Selectable<LeaseTable>;
export type JobRow = Selectable<JobTable>;
export type HistoryRow = Selectable<HistoryTable>;
