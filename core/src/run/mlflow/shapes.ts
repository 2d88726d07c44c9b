import type { DatasetInput } from '../data/inputs.ts';
import type { Experiment } from '../experiments.ts';
import type { MeasuredModel } from '../metric/append.ts';
import type { Point } from '../metric/point.ts';
import type { Run } from '../runs.ts';
import type { RunRow } from '../store/tables.ts';
import type { Tag } from '../tags.ts';
import type { Fields } from './fields.ts';

/** Messages of MLflow's tracking service as JSON (mlflow/protos/service.proto). */
export const experimentOf = (experiment: Experiment) => ({
  experiment_id: experiment.id,
  name: experiment.name,
  artifact_location: experiment.artifact_location,
  lifecycle_stage: experiment.stage,
  creation_time: experiment.created,
  last_update_time: experiment.updated,
  tags: experiment.tags,
});

export const infoOf = (run: RunRow) => ({
  run_id: run.id,
  run_uuid: run.id,
  run_name: run.name,
  experiment_id: run.experiment_id,
  user_id: run.user,
  status: run.status,
  start_time: run.start_time,
  ...(run.end_time === null ? {} : { end_time: run.end_time }),
  artifact_uri: run.artifact_uri,
  lifecycle_stage: run.stage,
});

export const runOf = (run: Run) => ({
  info: infoOf(run),
  data: {
    metrics: run.metrics.map((each) => metricOf(each.key, each)),
    params: run.params,
    tags: run.tags,
  },
  inputs: {
    dataset_inputs: run.inputs.map(datasetInputOf),
    model_inputs: run.models.flatMap(({ role, id }) => (role === 'input' ? [{ model_id: id }] : [])),
  },
  outputs: {
    model_outputs: run.models.flatMap(({ role, id, step }) =>
      role === 'output' ? [{ model_id: id, step }] : [],
    ),
  },
});

export const metricOf = (key: string, { value, time, step }: Point) => ({
  key,
  value: doubleOf(value),
  timestamp: time,
  step,
});

/** As protobuf's JSON spells what JSON has no number for. */
export const doubleOf = (value: number): number | string => (Number.isFinite(value) ? value : String(value));

const datasetInputOf = ({ tags, dataset }: DatasetInput) => ({
  tags,
  dataset: {
    name: dataset.name,
    digest: dataset.digest,
    source_type: dataset.sourceType,
    source: dataset.source,
    ...(dataset.schema === null ? {} : { schema: dataset.schema }),
    ...(dataset.profile === null ? {} : { profile: dataset.profile }),
  },
});

export const readTag = (fields: Fields): Tag => ({
  key: fields.string('key'),
  value: fields.optionalString('value') ?? '',
});

export const readPoint = (fields: Fields) => ({
  key: fields.string('key'),
  value: fields.double('value'),
  time: fields.time('timestamp'),
  step: fields.optionalInteger('step') ?? 0,
  model: readMeasured(fields),
});

function readMeasured(fields: Fields): MeasuredModel | undefined {
  const id = fields.optionalString('model_id');
  if (!id) return undefined;
  const name = fields.optionalString('dataset_name') ?? '';
  return { id, dataset: { name, digest: fields.optionalString('dataset_digest') ?? '' } };
}

export const readDatasetInput = (fields: Fields): DatasetInput => ({
  tags: fields.list('tags', readTag),
  dataset: fields.object('dataset', (dataset) => ({
    name: dataset.string('name'),
    digest: dataset.string('digest'),
    sourceType: dataset.string('source_type'),
    source: dataset.string('source'),
    schema: dataset.optionalString('schema') ?? null,
    profile: dataset.optionalString('profile') ?? null,
  })),
});
