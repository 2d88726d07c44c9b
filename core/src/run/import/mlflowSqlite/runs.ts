import { locateArtifacts } from '../locate.ts';
import type { Problems } from '../problems.ts';
import type { RunFacts, SourceRun } from '../source.ts';
import { isId, runStatusOf, stageOf, timeOf } from '../values.ts';
import type { MlflowDatabase, Row } from './database.ts';
import { readUsed } from './inputs.ts';
import { newestPoint, readSeries } from './metrics.ts';
import { pairsOf, textOf } from './values.ts';

const columns = [
  ...['name', 'user_id', 'status', 'start_time', 'end_time', 'lifecycle_stage', 'artifact_uri'],
];

/** Throws, with a sentence, for what is no run. */
export function readRun(db: MlflowDatabase, id: string, store: string, problems: Problems): SourceRun {
  if (!isId(id)) throw new Error('this is not the id of a run.');
  factsOf(rowOf(db, id), id);
  return {
    id,
    points: () => readSeries(db, id, problems),
    facts: () => problems.attempt(`Run ${id}`, () => allFacts(db, id, store)),
  };
}

function allFacts(db: MlflowDatabase, id: string, store: string): RunFacts {
  const row = rowOf(db, id);
  const tags = pairsOf(db.select('tags', ['key', 'value'], 'where run_uuid = ?', id));
  const named = tags.find(({ key }) => key === 'mlflow.runName')?.value;
  const facts = factsOf(row, named || id);
  return {
    ...facts,
    ...readUsed(db, id),
    params: pairsOf(db.select('params', ['key', 'value'], 'where run_uuid = ?', id)),
    tags,
    artifacts: locateArtifacts({ uri: textOf(row.artifact_uri), store, ending: [id, 'artifacts'] }),
    lastWritten: Math.max(facts.startTime, facts.endTime ?? 0, newestPoint(db, id)),
  };
}

function rowOf(db: MlflowDatabase, id: string): Row {
  const [row] = db.select('runs', columns, 'where run_uuid = ?', id);
  if (row) return row;
  throw new Error('it has gone meanwhile.');
}

function factsOf(row: Row, name: string) {
  const status = runStatusOf(row.status);
  const startTime = timeOf(row.start_time);
  if (status === undefined)
    throw new Error(`its status is '${textOf(row.status)}', which MLflow doesn't know.`);
  if (startTime === undefined) throw new Error(`it began at '${textOf(row.start_time)}', which is no time.`);
  return {
    name: textOf(row.name) || name,
    user: textOf(row.user_id) || 'unknown',
    status,
    startTime,
    endTime: timeOf(row.end_time) ?? null,
    stage: stageOf(row.lifecycle_stage),
  };
}
