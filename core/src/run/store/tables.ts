import type { Generated } from 'kysely';

/** Stages of experiments and runs, as MLflow's tracking API names them; what is deleted can be restored. */
export type Stage = 'active' | 'deleted';

export interface ExperimentRow {
  id: string;
  name: string;
  artifact_location: string;
  stage: Stage;
  /** Milliseconds since 1970. */
  created: number;
  updated: number;
}

export interface RunRow {
  /** 32 hexadecimal digits. */
  id: string;
  experiment_id: string;
  name: string;
  user: string;
  status: RunStatus;
  /** Milliseconds since 1970. */
  start_time: number;
  end_time: number | null;
  stage: Stage;
  artifact_uri: string;
}

export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** Of an experiment, a run or a model. */
export interface TagRow {
  owner_id: string;
  key: string;
  value: string;
}

export interface ParamRow {
  run_id: string;
  key: string;
  value: string;
  origin: ParamOrigin;
}

/**
 * Who said so: the script itself, a person before it ran, or its command's arguments, which may be read wrong: there the
 * script is right.
 */
export type ParamOrigin = 'logged' | 'declared' | 'argument';

/** One series of points, with the newest of them: highest step, then time, then value. */
export interface MetricRow {
  id: Generated<number>;
  run_id: string;
  key: string;
  points: number;
  step: number;
  /** Milliseconds since 1970. */
  time: number;
  /** Null: not a number. */
  value: number | null;
}

/** A point that isn't in a chunk yet. */
export interface TailRow {
  metric_id: number;
  /** How many points came before it. */
  seq: number;
  step: number;
  time: number;
  value: number | null;
}

/** What a chart needs to know of consecutive points. */
export interface SummaryColumns {
  step_min: number;
  step_max: number;
  time_min: number;
  time_max: number;
  /** Null where no point is a number. */
  value_min: number | null;
  value_max: number | null;
  /** Null where the last point isn't a number. */
  value_last: number | null;
  /** How many points are not finite. */
  gaps: number;
}

/** Consecutive points in one row, and their summary; `points` comes last, so that it isn't read for that. */
export interface ChunkRow extends SummaryColumns {
  metric_id: number;
  /** Of its first point. */
  seq: number;
  points: Uint8Array;
}

/** The summary of `size` consecutive points: of several chunks. */
export interface LevelRow extends SummaryColumns {
  metric_id: number;
  /** A chunk's, times a power of four. */
  size: number;
  /** Of its first point. */
  seq: number;
}

export interface DatasetRow {
  id: Generated<number>;
  experiment_id: string;
  name: string;
  digest: string;
  source_type: string;
  source: string;
  schema: string | null;
  profile: string | null;
}

export interface InputRow {
  run_id: string;
  dataset_id: number;
  /** JSON of `[{key, value}]`. */
  tags: string;
}

/** What Forebay knows of a run that it started itself. */
export interface ExecutionRow {
  run_id: string;
  /** JSON of the words of the command. */
  command: string;
  /** Where it was started; absolute, on `host`. */
  folder: string;
  host: string;
  /** Of the runner, which starts the command and records it. */
  pid: number;
  /** When that process started, in words that are the same for no other; null where it runs on another machine. */
  process: string | null;
  /** When the runner was last heard of; milliseconds since 1970. */
  heartbeat: number;
  exit_code: number | null;
  /** 1: the runner was never heard of again. */
  lost: 0 | 1;
  /** 1: its script has started it by itself too, as MLflow's clients do. */
  adopted: 0 | 1;
}

/** When a script that logs by itself, without a runner, was last heard of; of those that go on. */
export interface HeardRow {
  run_id: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** What a run made of data: a model, as MLflow 3 logs it. */
export interface ModelRow {
  id: string;
  experiment_id: string;
  name: string;
  type: string;
  source_run_id: string;
  status: ModelStatus;
  artifact_uri: string;
  /** Milliseconds since 1970. */
  created: number;
  updated: number;
  stage: Stage;
}

export type ModelStatus = 'LOGGED_MODEL_PENDING' | 'LOGGED_MODEL_READY' | 'LOGGED_MODEL_UPLOAD_FAILED';

/** The newest value that a run measured of a model, on a dataset where it named one (else both are empty). */
export interface ModelMetricRow {
  model_id: string;
  run_id: string;
  key: string;
  dataset_name: string;
  dataset_digest: string;
  step: number;
  time: number;
  value: number | null;
}

export interface RunModelRow {
  run_id: string;
  model_id: string;
  role: 'input' | 'output';
  step: number;
}

/** A version that was made within a run. */
export interface OutputRow {
  run_id: string;
  /** The lake's own id of the dataset. */
  dataset_id: string;
  /** As the dataset was called then. */
  name: string;
  version: number;
  /** `sha256:HEX` */
  digest: string;
  files: number;
  bytes: number;
  /** Milliseconds since 1970. */
  made: number;
}

/** A notebook that used something: a file on a host. */
export interface NotebookRow {
  /** `n-` and 32 hexadecimal digits, from host and path. */
  id: string;
  path: string;
  host: string;
  /** Who ran it last. */
  user: string;
}

/** A version that a notebook used. */
export interface NotebookUseRow {
  notebook_id: string;
  /** As the dataset was called then. */
  name: string;
  version: number;
  /** `sha256:HEX` */
  digest: string;
  by: 'mount' | 'open' | 'run';
  /** Milliseconds since 1970. */
  first: number;
  last: number;
  times: number;
}

/** A run that was started in a notebook. */
export interface NotebookRunRow {
  notebook_id: string;
  run_id: string;
  /** Milliseconds since 1970. */
  started: number;
}

/** Where events of runs are sent to: one row, or none. */
export interface EmissionRow {
  id: 1;
  /** An absolute path, or an address. */
  target: string;
  /** Milliseconds since 1970. */
  since: number;
  /** `seq` of the newest event that was sent or given up. */
  handled: number;
  sent: number;
  /** The receiver didn't want them. */
  refused: number;
  /** They gave way to newer ones. */
  dropped: number;
  /** That failed since the last success. */
  attempts: number;
  /** Milliseconds since 1970; 0: at once. */
  retry_at: number;
  error: string | null;
  error_time: number | null;
}

/** An event that waits; what it says is read from the run when it is sent. */
export interface QueuedRow {
  seq: Generated<number>;
  run_id: string;
  moment: 'began' | 'ended';
}

/** A run or a model that was imported, and how far. */
export interface ImportedRow {
  id: string;
  /** The store that it came from: a path. */
  source: string;
  /** Hash of what the source said of it when it was last whole here; empty before that. */
  seen: string;
  /** When the source last wrote to it; milliseconds since 1970. */
  last_written: number;
  /** 1: its source still calls it running, but nobody writes to it any more. */
  lost: 0 | 1;
}

/** The MLflow server that runs go to as well; one row at most. */
export interface ForwardTargetRow {
  only: 1;
  /** Without credentials. */
  url: string;
  active: 0 | 1;
  /** Milliseconds since 1970. */
  since: number;
}

/** How much of a run is on that server. */
export interface ForwardedRunRow {
  run_id: string;
  /** Null: not made there yet, or the answer was lost. */
  remote_id: string | null;
  /** Where that server keeps its artifacts. */
  remote_artifacts: string | null;
  /** JSON of a `Sent`. */
  sent: string;
  /** 1: all of it is there, or none of it is to be. */
  settled: 0 | 1;
  /** What that server refuses of it, or can't take. */
  problem: string | null;
}

export interface ForwardedSeriesRow {
  metric_id: number;
  points: number;
}

/** How much of a model is on that server. */
export interface ForwardedModelRow {
  model_id: string;
  /** Null: not made there yet, or the answer was lost. */
  remote_id: string | null;
  /** Where that server keeps its files. */
  remote_artifacts: string | null;
  /** JSON of a `SentModel`. */
  sent: string;
}

export interface ForwardedFileRow {
  /** A run or a model. */
  owner_id: string;
  path: string;
  /** Size and time of what was sent. */
  stamp: string;
}

export interface RunTables {
  emission: EmissionRow;
  emission_queue: QueuedRow;
  output: OutputRow;
  notebook: NotebookRow;
  notebook_use: NotebookUseRow;
  notebook_run: NotebookRunRow;
  imported: ImportedRow;
  forward_target: ForwardTargetRow;
  forwarded_run: ForwardedRunRow;
  forwarded_series: ForwardedSeriesRow;
  forwarded_model: ForwardedModelRow;
  forwarded_file: ForwardedFileRow;
  execution: ExecutionRow;
  heard: HeardRow;
  experiment: ExperimentRow;
  experiment_tag: TagRow;
  run: RunRow;
  run_tag: TagRow;
  param: ParamRow;
  metric: MetricRow;
  metric_tail: TailRow;
  metric_chunk: ChunkRow;
  metric_level: LevelRow;
  dataset: DatasetRow;
  input: InputRow;
  model: ModelRow;
  model_param: TagRow;
  model_tag: TagRow;
  model_metric: ModelMetricRow;
  run_model: RunModelRow;
}
