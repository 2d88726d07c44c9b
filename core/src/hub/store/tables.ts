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
}

export type CacheRow = Selectable<CacheTable>;
export type PlacementRow = Selectable<PlacementTable>;
export type NewPlacement = Insertable<PlacementTable>;
export type LeaseRow = Selectable<LeaseTable>;
export type JobRow = Selectable<JobTable>;
