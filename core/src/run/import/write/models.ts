import { hash } from 'node:crypto';
import { artifactRoot } from '../../experiments.ts';
import { isNewer, storedValue } from '../../metric/point.ts';
import { setModelPairs } from '../../model/models.ts';
import type { RunDatabase } from '../../store/open.ts';
import { findImported, keepImported } from '../imported.ts';
import type { ModelMeasure, SourceModel } from '../source.ts';
import type { TargetExperiment } from './experiments.ts';
import { rightPairs } from './pairs.ts';
import { copyTo, type Outcome, type Writer } from './runs.ts';

/** Brings a model in, or up to date, with what was measured of it. */
export async function writeModel(
  writer: Writer,
  model: SourceModel,
  target: TargetExperiment,
): Promise<Outcome> {
  const { db, dryRun, problems } = writer;
  const { id, artifacts, params, tags, metrics, ...said } = model;
  const known = await findImported(db, id);
  const here = await db.selectFrom('model').select('experiment_id').where('id', '=', id).executeTakeFirst();
  if (here && !known) {
    problems.add(`Model ${id}: it was recorded here, not imported; it was left as it is.`);
    return 'refused';
  }
  const place = `${here?.experiment_id ?? target.id}/models/${id}/artifacts`;
  const copied = await copyTo(writer, artifacts, place);
  const seen = hash('sha256', JSON.stringify({ ...said, params, tags, metrics }), 'base64');
  if (known?.seen === seen && copied === 0) return 'unchanged';
  const outcome = here ? 'updated' : 'new';
  if (dryRun) return outcome;
  const row = {
    ...said,
    stage: target.stage === 'deleted' ? ('deleted' as const) : said.stage,
    artifact_uri: artifacts.kind === 'elsewhere' ? artifacts.uri : `${artifactRoot}${place}`,
  };
  await db.transaction().execute(async (within) => {
    await within
      .insertInto('model')
      .values({ id, experiment_id: target.id, ...row })
      .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
      .execute();
    const whose = `Model ${id}`;
    await setModelPairs(within, 'model_param', id, rightPairs('parameter', params, whose, problems));
    await setModelPairs(within, 'model_tag', id, rightPairs('tag', tags, whose, problems));
    await writeMeasures(within, id, metrics);
    await keepImported(within, { id, source: writer.source, seen, last_written: said.updated, lost: 0 });
  });
  return outcome;
}

/** The newest of each, as the tracking API keeps them. */
async function writeMeasures(db: RunDatabase, model_id: string, all: readonly ModelMeasure[]) {
  const keyOf = ({ key, runId, dataset }: ModelMeasure) => JSON.stringify([key, runId, dataset]);
  const newest = new Map<string, ModelMeasure>();
  for (const measure of all) {
    const before = newest.get(keyOf(measure));
    if (!before || isNewer(measure, before)) newest.set(keyOf(measure), measure);
  }
  for (const { key, runId, dataset, step, time, value } of newest.values()) {
    const measured = { step, time, value: storedValue(value) };
    await db
      .insertInto('model_metric')
      .values({
        ...{ model_id, run_id: runId, key, dataset_name: dataset.name, dataset_digest: dataset.digest },
        ...measured,
      })
      .onConflict((conflict) =>
        conflict
          .columns(['model_id', 'key', 'run_id', 'dataset_name', 'dataset_digest'])
          .doUpdateSet(measured),
      )
      .execute();
  }
}
