import type { DatasetInput } from '../data/inputs.ts';
import type { Point } from '../metric/point.ts';
import type { ModelRow, RunModelRow, RunStatus, Stage } from '../store/tables.ts';
import type { Tag } from '../tags.ts';
import type { Problems } from './problems.ts';

/** A store of runs that something else wrote, read only. What can't be read is noted as a problem, and left out. */
export interface RunSource {
  /** For people: 'MLflow folder'. */
  kind: string;
  /** Absolute. */
  path: string;
  problems: Problems;
  experiments(): Iterable<SourceExperiment>;
  close(): void;
}

export interface SourceExperiment {
  name: string;
  stage: Stage;
  /** Milliseconds since 1970; null where the source doesn't say. */
  created: number | null;
  updated: number | null;
  tags: Tag[];
  /** How many runs it has, those that can't be read included. */
  count: number;
  models(): Iterable<SourceModel>;
  runs(): Iterable<SourceRun>;
}

export interface SourceRun {
  id: string;
  /** The points of all series; those of one series in the order in which they were logged. */
  points(): Iterable<SeriesBlock>;
  /** Asked for once the points have been read; undefined, noted as a problem, where they can't be. */
  facts(): RunFacts | undefined;
}

export interface SeriesBlock {
  key: string;
  points: Point[];
}

export interface RunFacts {
  name: string;
  user: string;
  status: RunStatus;
  /** Milliseconds since 1970. */
  startTime: number;
  endTime: number | null;
  stage: Stage;
  params: Tag[];
  tags: Tag[];
  inputs: DatasetInput[];
  models: { id: string; role: RunModelRow['role']; step: number }[];
  artifacts: ArtifactPlace;
  /** When somebody last wrote to it; milliseconds since 1970. */
  lastWritten: number;
}

export interface SourceModel
  extends Pick<
    ModelRow,
    'id' | 'name' | 'type' | 'source_run_id' | 'status' | 'created' | 'updated' | 'stage'
  > {
  params: Tag[];
  tags: Tag[];
  metrics: ModelMeasure[];
  artifacts: ArtifactPlace;
}

/** A value that a run measured of a model; dataset's name and digest are empty where none was named. */
export interface ModelMeasure extends Point {
  runId: string;
  key: string;
  dataset: { name: string; digest: string };
}

/**
 * Where files lie: in a folder that may be copied, or where only those who know the store can read. Absent: in a folder that
 * is not on this machine; often there were no files, since MLflow makes it with the first.
 */
export type ArtifactPlace =
  | { kind: 'folder'; path: string }
  | { kind: 'elsewhere'; uri: string }
  | { kind: 'absent'; uri: string }
  | { kind: 'none' };
