import { join } from 'node:path';
import { locateArtifacts } from '../locate.ts';
import type { Problems } from '../problems.ts';
import type { SourceModel } from '../source.ts';
import { isId, modelStatusOf, stageOf, timeOf } from '../values.ts';
import { metasBelow } from './inputs.ts';
import type { Meta } from './meta.ts';
import { readMeasures } from './metrics.ts';
import { readPairs } from './pairs.ts';

/** Models that the runs of an experiment logged, as MLflow 3 does. */
export function* readModels(store: string, experiment: string, problems: Problems): Generator<SourceModel> {
  for (const [folder, meta] of metasBelow(join(experiment, 'models'), problems)) {
    const model = problems.attempt(folder, () => modelOf(store, folder, meta, problems));
    if (model) yield model;
  }
}

function modelOf(store: string, folder: string, meta: Meta, problems: Problems): SourceModel {
  const id = meta.required('model_id');
  if (!isId(id)) throw new Error(`its meta.yaml has '${id}' for a model's id.`);
  const created = timeOf(meta.optional('creation_timestamp')) ?? 0;
  return {
    id,
    name: meta.optional('name') ?? id,
    type: meta.optional('model_type') ?? '',
    source_run_id: meta.optional('source_run_id') ?? '',
    status: modelStatusOf(meta.optional('status')),
    created,
    updated: timeOf(meta.optional('last_updated_timestamp')) ?? created,
    stage: stageOf(meta.optional('lifecycle_stage')),
    params: readPairs(join(folder, 'params'), problems),
    tags: readPairs(join(folder, 'tags'), problems),
    metrics: [...readMeasures(join(folder, 'metrics'), problems)],
    artifacts: locateArtifacts({
      ...{ uri: meta.optional('artifact_location') ?? '', store, beside: join(folder, 'artifacts') },
      ending: ['models', id, 'artifacts'],
    }),
  };
}
