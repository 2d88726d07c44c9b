import { defaultExperiment, requireActive } from './experiments.ts';
import { createRun, type Run, readRun } from './runs.ts';
import type { RunDatabase } from './store/open.ts';
import { setTags, type Tag } from './tags.ts';

/**
 * What a script inside `forebay run` means when it starts a run: the first time that one, which is recorded already; later
 * a run below it, of the same data and experiment. A script that names its experiment takes the run there, unless a person
 * named one.
 */
export async function createWithin(
  db: RunDatabase,
  outerId: string,
  request: { experimentId: string; user?: string | undefined; name?: string | undefined; tags: Tag[] },
  now: number,
): Promise<Run> {
  const first = await db.transaction().execute(async (within) => {
    const { numUpdatedRows } = await within
      .updateTable('execution')
      .set({ adopted: 1 })
      .where('run_id', '=', outerId)
      .where('adopted', '=', 0)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const { experiment_id, name } = await readRun(within, outerId);
    if (experiment_id === defaultExperiment.id && request.experimentId !== experiment_id) {
      const { id } = await requireActive(within, request.experimentId);
      await within.updateTable('run').set({ experiment_id: id }).where('id', '=', outerId).execute();
    }
    const own = request.tags.filter(({ key }) => key !== 'mlflow.runName' && key !== 'mlflow.user');
    await setTags(within, outerId, [...own, { key: 'mlflow.runName', value: request.name || name }]);
    return true;
  });
  if (first) return readRun(db, outerId);
  const parent = 'mlflow.parentRunId';
  const tags = request.tags.some(({ key }) => key === parent)
    ? request.tags
    : [...request.tags, { key: parent, value: outerId }];
  const { experiment_id } = await readRun(db, outerId);
  const experimentId = request.experimentId === defaultExperiment.id ? experiment_id : request.experimentId;
  const made = await createRun(db, { ...request, experimentId, tags }, now);
  await db
    .insertInto('input')
    .columns(['run_id', 'dataset_id', 'tags'])
    .expression((e) =>
      e
        .selectFrom('input')
        .select((s) => [s.val(made.id).as('run_id'), 'dataset_id', 'tags'])
        .where('run_id', '=', outerId),
    )
    .execute();
  return readRun(db, made.id);
}
