import { createExperiment, defaultExperiment } from '../../experiments.ts';
import { checkKey, checkLength, longest } from '../../names.ts';
import type { RunDatabase } from '../../store/open.ts';
import type { Stage } from '../../store/tables.ts';
import type { Problems } from '../problems.ts';
import type { SourceExperiment } from '../source.ts';

/** The experiment of this hub that runs go to. */
export interface TargetExperiment {
  id: string;
  stage: Stage;
  isNew: boolean;
}

/** By its name, made if need be; `dryRun`: only looked for. Throws where the name can't be one. */
export async function targetExperiment(
  db: RunDatabase,
  experiment: SourceExperiment,
  { dryRun, now, problems }: { dryRun: boolean; now: number; problems: Problems },
): Promise<TargetExperiment> {
  const { name, stage, created, updated } = experiment;
  const there = await db
    .selectFrom('experiment')
    .select(['id', 'stage'])
    .where('name', '=', name)
    .executeTakeFirst();
  if (there) {
    if (there.stage === 'deleted' && stage === 'active') {
      problems.add(`The experiment '${name}' is deleted here: its runs were imported as deleted ones.`);
    }
    return { ...there, isNew: false };
  }
  if (dryRun) return { id: defaultExperiment.id, stage, isNew: true };
  const tags = experiment.tags.filter(({ key, value }) =>
    problems.attempt(`The experiment '${name}'`, () => {
      checkKey('tag', key);
      checkLength('value', longest.experimentTag, value);
      return true;
    }),
  );
  const id = await createExperiment(db, { name, tags }, now);
  await db
    .updateTable('experiment')
    .set({ stage, created: created ?? now, updated: updated ?? created ?? now })
    .where('id', '=', id)
    .execute();
  return { id, stage, isNew: true };
}
