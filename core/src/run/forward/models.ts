import { readExperiment } from '../experiments.ts';
import { type Model, withModelData } from '../model/models.ts';
import type { Run } from '../runs.ts';
import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import type { ForwardedModelRow } from '../store/tables.ts';
import { type Place, sendArtifacts } from './artifacts.ts';
import { tagChanges } from './content.ts';
import { remoteModel, remoteModelTags } from './remoteModel.ts';
import { isRefusal, remoteExperiment } from './remoteRun.ts';
import { EndpointMissing, type MlflowServer } from './server.ts';

/** What the server knows of a model's plain facts. */
interface SentModel {
  status?: string;
  tags?: Record<string, string>;
}

/** A model that is on the server. */
export interface ForwardedModel {
  model: Model;
  remoteId: string;
  remoteArtifacts: string;
  sent: SentModel;
}

/** The models that a run made or used, each made on the server if need be; of those that are gone here none. */
async function ensureModels(
  db: RunDatabase,
  server: MlflowServer,
  run: Run,
  remoteRunOf: (id: string) => Promise<string | undefined>,
): Promise<ForwardedModel[]> {
  const forwarded: ForwardedModel[] = [];
  for (const model of await modelsOf(db, run)) {
    const before = await rowOf(db, model.id);
    const row = before?.remote_id ? before : await make(db, server, model, { before, remoteRunOf });
    const { remote_id: remoteId, remote_artifacts: remoteArtifacts, sent } = row;
    if (remoteId !== null)
      forwarded.push({ model, remoteId, remoteArtifacts: remoteArtifacts ?? '', sent: JSON.parse(sent) });
  }
  return forwarded;
}

/** As `ensureModels`; without any, and with a sentence, where the server is too old to know models. */
export async function modelsOn(...request: Parameters<typeof ensureModels>) {
  try {
    return { models: await ensureModels(...request), problem: null };
  } catch (error) {
    if (!(error instanceof EndpointMissing)) throw error;
    return { models: [], problem: 'Its models are not sent: that server is older than MLflow 3.' };
  }
}

/** Brings tags, files and state of a model up to what they are now; answers with a sentence where not all of it can be. */
export async function sendModel(
  place: Place,
  server: MlflowServer,
  { model, remoteId, remoteArtifacts, sent }: ForwardedModel,
): Promise<string | null> {
  const note = async (known: SentModel) => {
    Object.assign(sent, known);
    await keep(place.db, model.id, { sent: JSON.stringify(sent) });
  };
  const at = `logged-models/${remoteId}`;
  const tags = remoteModelTags(model);
  const { set, gone } = tagChanges(sent.tags ?? {}, tags);
  if (set.length > 0) await server.patch(`${at}/tags`, { model_id: remoteId, tags: set });
  for (const key of gone) {
    await server.delete(`${at}/tags/${encodeURIComponent(key)}`).catch((error: unknown) => {
      if (!isRefusal(error, 'RESOURCE_DOES_NOT_EXIST')) throw error;
    });
  }
  if (set.length + gone.length > 0) await note({ tags });
  const problem = await sendArtifacts(place, server, model, remoteArtifacts);
  // Ready once its files are there: who waits for that loads it then.
  if (model.status !== (sent.status ?? 'LOGGED_MODEL_PENDING')) {
    await server.patch(at, { model_id: remoteId, status: model.status });
    await note({ status: model.status });
  }
  return problem;
}

/** Models that a run made are gone there with it: a run that begins anew makes them anew. */
export async function forgetModels(db: RunDatabase, server: MlflowServer, runId: string): Promise<void> {
  const made = await db
    .selectFrom('forwarded_model')
    .innerJoin('model', 'model.id', 'forwarded_model.model_id')
    .select(['model.id', 'forwarded_model.remote_id'])
    .where('model.source_run_id', '=', runId)
    .execute();
  for (const { id, remote_id } of made) {
    if (remote_id !== null) await server.delete(`logged-models/${remote_id}`);
    await db.transaction().execute(async (within) => {
      await within.deleteFrom('forwarded_file').where('owner_id', '=', id).execute();
      await within.deleteFrom('forwarded_model').where('model_id', '=', id).execute();
    });
  }
}

async function modelsOf(db: RunDatabase, run: Run): Promise<Model[]> {
  const rows = await db
    .selectFrom('model')
    .selectAll()
    .where((e) =>
      e.or([e('source_run_id', '=', run.id), e('id', 'in', among(run.models.map(({ id }) => id)))]),
    )
    .where('stage', '=', 'active')
    .orderBy('created')
    .execute();
  return withModelData(db, rows);
}

async function make(
  db: RunDatabase,
  server: MlflowServer,
  model: Model,
  {
    before,
    remoteRunOf,
  }: {
    before: ForwardedModelRow | undefined;
    remoteRunOf: (id: string) => Promise<string | undefined>;
  },
): Promise<ForwardedModelRow> {
  // Written down before it is asked for: who finds this looks whether the model is there.
  const row = { model_id: model.id, remote_id: null, remote_artifacts: null, sent: '{}' };
  await db
    .insertInto('forwarded_model')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { name } = await readExperiment(db, model.experiment_id);
  const experiment = await remoteExperiment(server, name);
  const { model_id, artifact_uri } = await remoteModel(server, model, {
    experiment,
    run: await remoteRunOf(model.source_run_id),
    again: before !== undefined,
  });
  const made = { remote_id: model_id, remote_artifacts: artifact_uri };
  await keep(db, model.id, made);
  return { ...row, ...made };
}

const rowOf = (db: RunDatabase, id: string) =>
  db.selectFrom('forwarded_model').selectAll().where('model_id', '=', id).executeTakeFirst();

async function keep(
  db: RunDatabase,
  id: string,
  change: Partial<Omit<ForwardedModelRow, 'model_id'>>,
): Promise<void> {
  await db.updateTable('forwarded_model').set(change).where('model_id', '=', id).execute();
}
