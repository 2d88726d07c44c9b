import { randomBytes } from 'node:crypto';
import { lostTag } from '../api/run/runTags.ts';
import { placeBelow } from './artifact/place.ts';
import { type DatasetInput, readInputs } from './data/inputs.ts';
import { invalid } from './error.ts';
import { requireActive } from './experiments.ts';
import { numberOf } from './metric/point.ts';
import { inventName } from './names.ts';
import { readRunRow, requireActiveRun } from './runRow.ts';
import { among } from './store/among.ts';
import type { RunDatabase } from './store/open.ts';
import type { RunRow, RunStatus, Stage } from './store/tables.ts';
import { setTags, type Tag } from './tags.ts';

/** A run with everything that is known of it but the points of its series and its files. */
export interface Run extends RunRow {
  params: Tag[];
  tags: Tag[];
  /** The newest point of each series. */
  metrics: { key: string; value: number; time: number; step: number }[];
  inputs: DatasetInput[];
  models: { id: string; role: 'input' | 'output'; step: number }[];
}

export const runStatuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;

/** The tag that holds a run's name for MLflow's clients. */
export const nameTag = 'mlflow.runName';

export async function createRun(
  db: RunDatabase,
  request: {
    experimentId: string;
    user?: string | undefined;
    name?: string | undefined;
    startTime?: number | undefined;
    tags?: Tag[];
  },
  now: number,
): Promise<Run> {
  const { tags = [] } = request;
  const named = tags.find(({ key }) => key === nameTag)?.value;
  if (request.name && named && request.name !== named) {
    throw invalid(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${request.name}', mlflow.runName='${named}').`,
    );
  }
  const name = request.name || named || inventName();
  const id = randomBytes(16).toString('hex');
  await db.transaction().execute(async (within) => {
    const experiment = await requireActive(within, request.experimentId);
    await within
      .insertInto('run')
      .values({
        id,
        experiment_id: experiment.id,
        name,
        user: request.user || 'unknown',
        status: 'RUNNING',
        start_time: request.startTime ?? now,
        end_time: null,
        stage: 'active',
        artifact_uri: placeBelow(experiment.artifact_location, `${id}/artifacts`),
      })
      .execute();
    await setTags(within, id, [...tags.filter(({ key }) => key !== nameTag), { key: nameTag, value: name }]);
  });
  return readRun(db, id);
}

export async function readRun(db: RunDatabase, id: string): Promise<Run> {
  const row = await readRunRow(db, id);
  const [run] = await withData(db, [row]);
  return run as Run;
}

export async function updateRun(
  db: RunDatabase,
  id: string,
  change: { status?: RunStatus | undefined; endTime?: number | undefined; name?: string | undefined },
): Promise<Run> {
  await db.transaction().execute(async (within) => {
    const row = await requireActiveRun(within, id);
    const { status = row.status, endTime = row.end_time, name = row.name } = change;
    await within.updateTable('run').set({ status, end_time: endTime, name }).where('id', '=', id).execute();
    if (change.status !== undefined) {
      await within.deleteFrom('run_tag').where('owner_id', '=', id).where('key', '=', lostTag).execute();
    }
    if (name !== row.name) await setTags(within, id, [{ key: nameTag, value: name }]);
  });
  return readRun(db, id);
}

export async function setRunStage(db: RunDatabase, id: string, stage: Stage): Promise<void> {
  await readRunRow(db, id);
  await db.updateTable('run').set({ stage }).where('id', '=', id).execute();
}

/** With parameters, tags, newest metrics and inputs of each, in five queries however many runs there are. */
export async function withData(db: RunDatabase, rows: readonly RunRow[]): Promise<Run[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [params, tags, metrics, inputs, models] = await Promise.all([
    db.selectFrom('param').selectAll().where('run_id', 'in', among(ids)).orderBy('key').execute(),
    db.selectFrom('run_tag').selectAll().where('owner_id', 'in', among(ids)).orderBy('key').execute(),
    db.selectFrom('metric').selectAll().where('run_id', 'in', among(ids)).orderBy('key').execute(),
    readInputs(db, ids),
    db.selectFrom('run_model').selectAll().where('run_id', 'in', among(ids)).execute(),
  ]);
  const paramsOf = Map.groupBy(params, ({ run_id }) => run_id);
  const tagsOf = Map.groupBy(tags, ({ owner_id }) => owner_id);
  const metricsOf = Map.groupBy(metrics, ({ run_id }) => run_id);
  const modelsOf = Map.groupBy(models, ({ run_id }) => run_id);
  return rows.map((row) => ({
    ...row,
    params: (paramsOf.get(row.id) ?? []).map(({ key, value }) => ({ key, value })),
    tags: (tagsOf.get(row.id) ?? []).map(({ key, value }) => ({ key, value })),
    metrics: (metricsOf.get(row.id) ?? []).map(({ key, value, time, step }) => ({
      key,
      value: numberOf(value),
      time,
      step,
    })),
    inputs: inputs.get(row.id) ?? [],
    models: (modelsOf.get(row.id) ?? []).map(({ model_id: id, role, step }) => ({ id, role, step })),
  }));
}
