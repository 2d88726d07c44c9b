import { dirname } from 'node:path';
import { ForebayError } from '../../../api/errors.ts';
import { Problems } from '../problems.ts';
import type { RunSource, SourceExperiment, SourceModel, SourceRun } from '../source.ts';
import { stageOf, timeOf } from '../values.ts';
import { MlflowDatabase, type Row } from './database.ts';
import { readModel } from './models.ts';
import { readRun } from './runs.ts';
import { pairsOf, textOf } from './values.ts';

/** MLflow's own store in SQLite (mlflow/store/tracking/dbmodels/models.py), of any version that has runs in it. */
export function openMlflowDatabase(path: string): RunSource {
  const db = new MlflowDatabase(path);
  if (!db.has('experiments') || !db.has('runs')) {
    db.close();
    throw new ForebayError(
      'bad-request',
      `${path} is a database, but not one of MLflow: it has no experiments and runs.`,
      'Name the database that MLFLOW_TRACKING_URI or `mlflow server --backend-store-uri` names.',
    );
  }
  const problems = new Problems();
  return {
    kind: 'MLflow database',
    path,
    problems,
    *experiments() {
      const columns = ['experiment_id', 'name', 'lifecycle_stage', 'creation_time', 'last_update_time'];
      for (const row of db.select('experiments', columns, 'order by experiment_id')) {
        yield experimentOf(db, row, dirname(path), problems);
      }
    },
    close: () => db.close(),
  };
}

function experimentOf(db: MlflowDatabase, row: Row, store: string, problems: Problems): SourceExperiment {
  const id = Number(row.experiment_id);
  const ids = (table: string, column: string) =>
    db
      .select(table, [column], `where experiment_id = ? order by rowid`, id)
      .map((each) => textOf(each[column]));
  const runs = ids('runs', 'run_uuid');
  return {
    name: textOf(row.name),
    stage: stageOf(row.lifecycle_stage),
    created: timeOf(row.creation_time) ?? null,
    updated: timeOf(row.last_update_time) ?? null,
    tags: pairsOf(db.select('experiment_tags', ['key', 'value'], 'where experiment_id = ?', id)),
    count: runs.length,
    *models(): Generator<SourceModel> {
      for (const modelId of ids('logged_models', 'model_id')) {
        const model = problems.attempt(`Model ${modelId}`, () => readModel(db, modelId, store));
        if (model) yield model;
      }
    },
    *runs(): Generator<SourceRun> {
      for (const runId of runs) {
        const run = problems.attempt(`Run ${runId}`, () => readRun(db, runId, store, problems));
        if (run) yield run;
      }
    },
  };
}
