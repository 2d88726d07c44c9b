import type { Model } from '../model/models.ts';
import { pairsOf } from './content.ts';
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
  if (made) return made;
  const answer = await server.post<{ model: Answer }>('logged-models', {
    experiment_id: experiment,
    name: model.name,
    model_type: model.type,
    source_run_id: run ?? '',
    params: model.params.slice(0, mostParams),
    tags: pairsOf(remoteModelTags(model)),
  });
  const { model_id } = answer.model.info;
  for (let at = mostParams; at < model.params.length; at += mostParams) {
    await server.post(`logged-models/${model_id}/params`, {
      model_id,
      params: model.params.slice(at, at + mostParams),
    });
  }
  return answer.model.info;
}

async function findModel(server: MlflowServer, experiment: string, id: string) {
  const { models = [] } = await server.post<{ models?: Answer[] }>('logged-models/search', {
    experiment_ids: [experiment],
    filter: `tags.\`${originTag}\` = '${id}'`,
    max_results: 1,
  });
  return models[0]?.info;
}
