import { locateArtifacts } from '../locate.ts';
import type { ModelMeasure, SourceModel } from '../source.ts';
import { isId, isPoint, modelStatusOf, stageOf, timeOf } from '../values.ts';
import type { MlflowDatabase, Row } from './database.ts';
import { pairsOf, textOf } from './values.ts';

const columns = [
  ...['name', 'artifact_location', 'creation_timestamp_ms', 'last_updated_timestamp_ms', 'status'],
  ...['lifecycle_stage', 'model_type', 'source_run_id'],
];
const measures = [
  ...[
    'metric_name',
    'metric_timestamp_ms',
    'metric_step',
    'metric_value',
    'run_id',
    'dataset_name',
    'dataset_digest',
  ],
];

/** A model that a run logged, as MLflow 3 does. Throws, with a sentence, for what is none. */
export function readModel(db: MlflowDatabase, id: string, store: string): SourceModel {
  if (!isId(id)) throw new Error('this is not the id of a model.');
  const [row] = db.select('logged_models', columns, 'where model_id = ?', id);
  if (!row) throw new Error('it has gone meanwhile.');
  const of = (table: string, names: readonly string[]) => db.select(table, names, 'where model_id = ?', id);
  const created = timeOf(row.creation_timestamp_ms) ?? 0;
  return {
    id,
    name: textOf(row.name) || id,
    type: textOf(row.model_type),
    source_run_id: textOf(row.source_run_id),
    status: modelStatusOf(row.status),
    created,
    updated: timeOf(row.last_updated_timestamp_ms) ?? created,
    stage: stageOf(row.lifecycle_stage),
    params: pairsOf(of('logged_model_params', ['param_key', 'param_value']), 'param_key', 'param_value'),
    tags: pairsOf(of('logged_model_tags', ['tag_key', 'tag_value']), 'tag_key', 'tag_value'),
    metrics: of('logged_model_metrics', measures).map(measureOf).filter(isPoint),
    artifacts: locateArtifacts({
      ...{ uri: textOf(row.artifact_location), store, ending: ['models', id, 'artifacts'] },
    }),
  };
}

const measureOf = (row: Row): ModelMeasure => ({
  key: textOf(row.metric_name),
  runId: textOf(row.run_id),
  step: Number(row.metric_step),
  time: Number(row.metric_timestamp_ms),
  value: row.metric_value === null ? Number.NaN : Number(row.metric_value),
  dataset: { name: textOf(row.dataset_name), digest: textOf(row.dataset_digest) },
});
