import type { DatasetInput } from '../../data/inputs.ts';
import type { RunFacts } from '../source.ts';
import type { MlflowDatabase } from './database.ts';
import { pairsOf, textOf } from './values.ts';

/** What a run read and made: edges from datasets to it, and from it to models. */
export function readUsed(db: MlflowDatabase, runId: string): Pick<RunFacts, 'inputs' | 'models'> {
  const datasets = edges(
    db,
    "source_type = 'DATASET' and destination_type = 'RUN' and destination_id = ?",
    runId,
  );
  const models = edges(db, "destination_type in ('MODEL_INPUT', 'MODEL_OUTPUT') and source_id = ?", runId);
  return {
    inputs: datasets.flatMap((edge) => datasetInput(db, textOf(edge.input_uuid), textOf(edge.source_id))),
    models: models.map((edge) => ({
      id: textOf(edge.destination_id),
      role: edge.destination_type === 'MODEL_INPUT' ? 'input' : 'output',
      step: Number(edge.step ?? 0),
    })),
  };
}

function edges(db: MlflowDatabase, where: string, runId: string) {
  const columns = ['input_uuid', 'source_id', 'destination_type', 'destination_id', 'step'];
  return db.select('inputs', columns, `where ${where} order by rowid`, runId);
}

function datasetInput(db: MlflowDatabase, edge: string, id: string): DatasetInput[] {
  const columns = [
    ...['name', 'digest', 'dataset_source_type', 'dataset_source', 'dataset_schema', 'dataset_profile'],
  ];
  return db.select('datasets', columns, 'where dataset_uuid = ?', id).map((row) => ({
    tags: pairsOf(db.select('input_tags', ['name', 'value'], 'where input_uuid = ?', edge), 'name'),
    dataset: {
      name: textOf(row.name),
      digest: textOf(row.digest),
      sourceType: textOf(row.dataset_source_type),
      source: textOf(row.dataset_source),
      schema: row.dataset_schema === null ? null : textOf(row.dataset_schema),
      profile: row.dataset_profile === null ? null : textOf(row.dataset_profile),
    },
  }));
}
