import type { Model } from '../model/models.ts';
import { inParts, pairsOf } from './content.ts';
import type { MlflowServer } from './server.ts';

/** The tag by which a model is found again on the server. */
const originTag = 'forebay.model_id';

/** Parameters of a model in one request (mlflow/utils/validation.py). */
const mostParams = 100;

export interface RemoteModel {
  model_id: string;
  artifact_uri: string;
}
interface Answer {
  info: RemoteModel;
  data?: { params?: { key: string }[] };
}

/** The model's tags as they stand on the server. */
export const remoteModelTags = ({ id, tags }: Model): Record<string, string> => ({
  ...Object.fromEntries(tags.map(({ key, value }) => [key, value])),
  [originTag]: id,
});

/** Makes the model there; `again`: it may have been made already, and its answer lost. */
export async function remoteModel(
  server: MlflowServer,
  model: Model,
  { experiment, run, again }: { experiment: string; run: string | undefined; again: boolean },
): Promise<RemoteModel> {
  const made = again ? await findModel(server, experiment, model.id) : undefined;
  const { info, data } = made ?? (await createModel(server, model, experiment, run));
  const there = new Set(data?.params?.map(({ key }) => key));
  const { model_id } = info;
  for (const params of inParts(
    model.params.filter(({ key }) => !there.has(key)),
    mostParams,
  )) {
    await server.post(`logged-models/${model_id}/params`, { model_id, params });
  }
  return info;
}

async function createModel(
  server: MlflowServer,
  model: Model,
  experiment: string,
  run: string | undefined,
): Promise<Answer> {
  const answer = await server.post<{ model: Answer }>('logged-models', {
    experiment_id: experiment,
    name: model.name,
    model_type: model.type,
    source_run_id: run ?? '',
    params: model.params.slice(0, mostParams),
    tags: pairsOf(remoteModelTags(model)),
  });
  return answer.model;
}

async function findModel(server: MlflowServer, experiment: string, id: string) {
  const { models = [] } = await server.post<{ models?: Answer[] }>('logged-models/search', {
    experiment_ids: [experiment],
    filter: `tags.\`${originTag}\` = '${id}'`,
    max_results: 1,
  });
  return models[0];
}
