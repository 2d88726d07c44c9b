import { randomBytes } from 'node:crypto';
import { placeBelow } from '../artifact/place.ts';
import { absent } from '../error.ts';
import { requireActive } from '../experiments.ts';
import { checkKey, inventName, longest, truncate } from '../names.ts';
import { requireActiveRun } from '../runRow.ts';
import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import type { ModelMetricRow, ModelRow, ModelStatus, RunModelRow } from '../store/tables.ts';
import type { Tag } from '../tags.ts';

export interface Model extends ModelRow {
  params: Tag[];
  tags: Tag[];
  /** The newest value of each, of every run and dataset that it was measured with. */
  metrics: ModelMetricRow[];
}

export const modelStatuses = [
  'LOGGED_MODEL_PENDING',
  'LOGGED_MODEL_READY',
  'LOGGED_MODEL_UPLOAD_FAILED',
] as const;

export async function createModel(
  db: RunDatabase,
  request: {
    experimentId: string;
    name?: string | undefined;
    type?: string | undefined;
    sourceRunId?: string | undefined;
    params: readonly Tag[];
    tags: readonly Tag[];
  },
  now: number,
): Promise<Model> {
  const id = `m-${randomBytes(16).toString('hex')}`;
  await db.transaction().execute(async (within) => {
    const experiment = await requireActive(within, request.experimentId);
    await within
      .insertInto('model')
      .values({
        id,
        experiment_id: experiment.id,
        name: request.name || inventName(),
        type: request.type ?? '',
        source_run_id: request.sourceRunId ?? '',
        status: 'LOGGED_MODEL_PENDING',
        artifact_uri: placeBelow(experiment.artifact_location, `models/${id}/artifacts`),
        created: now,
        updated: now,
        stage: 'active',
      })
      .execute();
    await setModelPairs(within, 'model_param', id, request.params);
    await setModelPairs(within, 'model_tag', id, request.tags);
  });
  return readModel(db, id);
}

export async function readModel(
  db: RunDatabase,
  id: string,
  { deleted = false }: { deleted?: boolean } = {},
): Promise<Model> {
  const row = await db.selectFrom('model').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || (row.stage === 'deleted' && !deleted)) throw absent(`Logged model with ID '${id}' not found.`);
  const [model] = await withModelData(db, [row]);
  return model as Model;
}

/** Throws where one of them isn't there. */
export async function requireModels(db: RunDatabase, ids: ReadonlySet<string>): Promise<void> {
  for (const id of ids) {
    const row = await db.selectFrom('model').select('stage').where('id', '=', id).executeTakeFirst();
    if (row?.stage !== 'active') throw absent(`Logged model with ID '${id}' not found.`);
  }
}

export async function setModelStatus(
  db: RunDatabase,
  id: string,
  status: ModelStatus,
  now: number,
): Promise<Model> {
  await readModel(db, id);
  await db.updateTable('model').set({ status, updated: now }).where('id', '=', id).execute();
  return readModel(db, id);
}

export async function deleteModel(db: RunDatabase, id: string, now: number): Promise<void> {
  await readModel(db, id);
  await db.updateTable('model').set({ stage: 'deleted', updated: now }).where('id', '=', id).execute();
}

export async function addModelPairs(
  db: RunDatabase,
  id: string,
  pairs: { params?: readonly Tag[]; tags?: readonly Tag[] },
): Promise<void> {
  await readModel(db, id);
  await db.transaction().execute(async (within) => {
    await setModelPairs(within, 'model_param', id, pairs.params ?? []);
    await setModelPairs(within, 'model_tag', id, pairs.tags ?? []);
  });
}

export async function deleteModelTag(db: RunDatabase, id: string, key: string): Promise<void> {
  await readModel(db, id);
  const { numDeletedRows } = await db
    .deleteFrom('model_tag')
    .where('owner_id', '=', id)
    .where('key', '=', key)
    .executeTakeFirst();
  if (numDeletedRows === 0n) throw absent(`No tag with key '${key}' found for model with ID '${id}'.`);
}

/** Models that a run used or made; what is said again of the same one counts. */
export async function addModels(
  db: RunDatabase,
  runId: string,
  role: RunModelRow['role'],
  models: readonly { id: string; step: number }[],
): Promise<void> {
  if (models.length === 0) return;
  await db.transaction().execute(async (within) => {
    await requireActiveRun(within, runId);
    for (const { id, step } of models) {
      await requireModels(within, new Set([id]));
      await within
        .insertInto('run_model')
        .values({ run_id: runId, model_id: id, role, step })
        .onConflict((conflict) => conflict.columns(['run_id', 'model_id', 'role']).doUpdateSet({ step }))
        .execute();
    }
  });
}

export async function withModelData(db: RunDatabase, rows: readonly ModelRow[]): Promise<Model[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const [params, tags, metrics] = await Promise.all([
    db.selectFrom('model_param').selectAll().where('owner_id', 'in', among(ids)).orderBy('key').execute(),
    db.selectFrom('model_tag').selectAll().where('owner_id', 'in', among(ids)).orderBy('key').execute(),
    db.selectFrom('model_metric').selectAll().where('model_id', 'in', among(ids)).orderBy('key').execute(),
  ]);
  const of = (all: readonly (Tag & { owner_id: string })[], id: string) =>
    all.filter(({ owner_id }) => owner_id === id).map(({ key, value }) => ({ key, value }));
  return rows.map((row) => ({
    ...row,
    params: of(params, row.id),
    tags: of(tags, row.id),
    metrics: metrics.filter(({ model_id }) => model_id === row.id),
  }));
}

/** Of a model; what was set before is set anew. The caller has checked that it is there. */
export async function setModelPairs(
  db: RunDatabase,
  table: 'model_param' | 'model_tag',
  owner_id: string,
  pairs: readonly Tag[],
): Promise<void> {
  if (pairs.length === 0) return;
  const what = table === 'model_param' ? 'parameter' : 'tag';
  for (const { key } of pairs) checkKey(what, key);
  const most = what === 'tag' ? longest.tag : longest.param;
  const newest = new Map(pairs.map(({ key, value }) => [key, truncate(most, value)]));
  await db
    .insertInto(table)
    .values([...newest].map(([key, value]) => ({ owner_id, key, value })))
    .onConflict((conflict) =>
      conflict.columns(['owner_id', 'key']).doUpdateSet((e) => ({ value: e.ref('excluded.value') })),
    )
    .execute();
}
