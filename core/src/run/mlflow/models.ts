import { numberOf } from '../metric/point.ts';
import {
  addModelPairs,
  createModel,
  deleteModel,
  deleteModelTag,
  type Model,
  modelStatuses,
  readModel,
  setModelStatus,
} from '../model/models.ts';
import { searchModels } from '../model/search.ts';
import { listFolder } from './artifacts.ts';
import type { Fields } from './fields.ts';
import type { Handlers, Tracking } from './handler.ts';
import { doubleOf, readTag } from './shapes.ts';

const one = 'logged-models/:model_id';

/** Models that MLflow 3 logs beside runs. */
export const modelHandlers: Handlers = {
  'POST logged-models': async (tracking, fields) => {
    const request = {
      experimentId: fields.string('experiment_id'),
      name: fields.optionalString('name'),
      type: fields.optionalString('model_type'),
      sourceRunId: fields.optionalString('source_run_id'),
      params: fields.list('params', readTag),
      tags: fields.list('tags', readTag),
    };
    const model = await createModel(tracking.db, request, tracking.now());
    tellSource(tracking, model);
    return { model: modelOf(model) };
  },
  'POST logged-models/search': async ({ db }, fields) => {
    const { items, next } = await searchModels(db, {
      experimentIds: fields.strings('experiment_ids'),
      filter: fields.optionalString('filter'),
      datasets: fields.list('datasets', readDataset),
      orderBy: fields.list('order_by', (order) => ({
        field: order.string('field_name'),
        ascending: order.optionalBoolean('ascending') ?? true,
        dataset: order.optionalString('dataset_name') ? readDataset(order) : undefined,
      })),
      limit: fields.optionalInteger('max_results') ?? 100,
      pageToken: fields.optionalString('page_token'),
    });
    return { models: items.map(modelOf), next_page_token: next };
  },
  [`GET ${one}`]: async ({ db }, fields) => {
    const deleted = fields.optionalString('allow_deleted') === 'true';
    return { model: modelOf(await readModel(db, fields.string('model_id'), { deleted })) };
  },
  [`PATCH ${one}`]: async (tracking, fields) => {
    const status = fields.optionalOneOf('status', modelStatuses) ?? 'LOGGED_MODEL_PENDING';
    const model = await setModelStatus(tracking.db, fields.string('model_id'), status, tracking.now());
    tellSource(tracking, model);
    return { model: modelOf(model) };
  },
  [`DELETE ${one}`]: async ({ db, now }, fields) => {
    await deleteModel(db, fields.string('model_id'), now());
    return {};
  },
  [`POST ${one}/params`]: async (tracking, fields) => {
    await addModelPairs(tracking.db, fields.string('model_id'), { params: fields.list('params', readTag) });
    return modelChanged(tracking, fields);
  },
  [`PATCH ${one}/tags`]: async (tracking, fields) => {
    await addModelPairs(tracking.db, fields.string('model_id'), { tags: fields.list('tags', readTag) });
    return modelChanged(tracking, fields);
  },
  [`DELETE ${one}/tags/:tag_key`]: async (tracking, fields) => {
    await deleteModelTag(tracking.db, fields.string('model_id'), fields.string('tag_key'));
    return modelChanged(tracking, fields);
  },
  [`GET ${one}/artifacts/directories`]: async ({ db, folder }, fields) => {
    const { artifact_uri } = await readModel(db, fields.string('model_id'));
    return listFolder(folder, artifact_uri, fields.optionalString('artifact_directory_path') ?? '');
  },
};

async function modelChanged(tracking: Tracking, fields: Fields): Promise<object> {
  tellSource(tracking, await readModel(tracking.db, fields.string('model_id')));
  return {};
}

/** What becomes of a model is a change of the run that made it. */
function tellSource({ changed }: Tracking, { source_run_id }: Model): void {
  if (source_run_id !== '') changed(source_run_id);
}

const readDataset = (fields: Fields) => ({
  name: fields.string('dataset_name'),
  digest: fields.optionalString('dataset_digest') || undefined,
});

const modelOf = (model: Model) => ({
  info: {
    model_id: model.id,
    experiment_id: model.experiment_id,
    name: model.name,
    model_type: model.type,
    source_run_id: model.source_run_id,
    status: model.status,
    artifact_uri: model.artifact_uri,
    creation_timestamp_ms: model.created,
    last_updated_timestamp_ms: model.updated,
    tags: model.tags,
  },
  data: {
    params: model.params,
    metrics: model.metrics.map(({ key, value, time, step, run_id, dataset_name, dataset_digest }) => ({
      ...{ key, value: doubleOf(numberOf(value)), timestamp: time, step },
      ...{ model_id: model.id, run_id, dataset_name, dataset_digest },
    })),
  },
});
