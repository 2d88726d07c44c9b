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
  /** Hash of the metrics that came last: the same again, right after, is a client that got no answer. */
  last_batch: string | null;
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
}

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

/** Consecutive points in one row, and what a chart needs to know of them; `points` comes last, so that it isn't read for that. */
export interface ChunkRow {
  metric_id: number;
  /** Of its first point. */
  seq: number;
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
  points: Uint8Array;
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
  /** When the runner was last heard of; milliseconds since 1970. */
  heartbeat: number;
  exit_code: number | null;
  /** 1: the runner was never heard of again. */
  lost: 0 | 1;
  /** 1: its script has started it by itself too, as MLflow's clients do. */
  adopted: 0 | 1;
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

export interface RunTables {
  execution: ExecutionRow;
  experiment: ExperimentRow;
  experiment_tag: TagRow;
  run: RunRow;
  run_tag: TagRow;
  param: ParamRow;
  metric: MetricRow;
  metric_tail: TailRow;
  metric_chunk: ChunkRow;
  dataset: DatasetRow;
  input: InputRow;
  model: ModelRow;
  model_param: TagRow;
  model_tag: TagRow;
  model_metric: ModelMetricRow;
  run_model: RunModelRow;
}
