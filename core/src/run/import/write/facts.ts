import { hash } from 'node:crypto';
import { addInputs } from '../../data/inputs.ts';
import { longest, truncate } from '../../names.ts';
import { among } from '../../store/among.ts';
import type { RunDatabase } from '../../store/open.ts';
import type { Stage } from '../../store/tables.ts';
import { setTags, type Tag } from '../../tags.ts';
import type { Problems } from '../problems.ts';
import type { RunFacts } from '../source.ts';
import { rightPairs } from './pairs.ts';

/** Tells whether a source says the same as before; where its files lie doesn't count. */
export function hashOfFacts({ artifacts: _, lastWritten: __, ...said }: RunFacts): string {
  return hash('sha256', JSON.stringify(said), 'base64');
}

/** Makes a run what its source says that it is; within a transaction of the caller. */
export async function writeFacts(
  db: RunDatabase,
  run: { id: string; experimentId: string; stage: Stage; artifactUri: string },
  facts: RunFacts,
  problems: Problems,
): Promise<void> {
  const whose = `Run ${run.id}`;
  const { name, user, status, startTime, endTime } = facts;
  await db
    .updateTable('run')
    .set({ name, user, status, start_time: startTime, end_time: endTime, stage: run.stage })
    .set({ artifact_uri: run.artifactUri })
    .where('id', '=', run.id)
    .execute();
  await setParams(db, run.id, rightPairs('parameter', facts.params, whose, problems));
  const tags = rightPairs('tag', facts.tags, whose, problems);
  const named = tags.some(({ key }) => key === 'mlflow.runName');
  await setTags(db, run.id, named ? tags : [...tags, { key: 'mlflow.runName', value: name }]);
  await addInputs(db, { id: run.id, experiment_id: run.experimentId }, facts.inputs);
  const models = await db
    .selectFrom('model')
    .select('id')
    .where('id', 'in', among(facts.models.map(({ id }) => id)))
    .execute();
  const known = new Set(models.map(({ id }) => id));
  for (const { id, role, step } of facts.models) {
    if (!known.has(id)) {
      problems.add(`${whose}: it names the model ${id}, which was not found.`);
      continue;
    }
    await db
      .insertInto('run_model')
      .values({ run_id: run.id, model_id: id, role, step })
      .onConflict((conflict) => conflict.columns(['run_id', 'model_id', 'role']).doUpdateSet({ step }))
      .execute();
  }
}

/** What a store says now counts, also where a parameter was changed there by hand. */
async function setParams(db: RunDatabase, run_id: string, params: readonly Tag[]): Promise<void> {
  if (params.length === 0) return;
  await db
    .insertInto('param')
    .values(
      params.map(({ key, value }) => ({
        run_id,
        key,
        value: truncate(longest.param, value),
        origin: 'logged' as const,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['run_id', 'key']).doUpdateSet((e) => ({ value: e.ref('excluded.value') })),
    )
    .execute();
}
