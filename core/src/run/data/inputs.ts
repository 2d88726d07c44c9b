import { sql } from 'kysely';
import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import type { Tag } from '../tags.ts';

/** A dataset that a run used, as MLflow's clients name it. */
export interface DatasetInput {
  tags: Tag[];
  dataset: {
    name: string;
    digest: string;
    sourceType: string;
    source: string;
    schema: string | null;
    profile: string | null;
  };
}

/** What is logged again for the same run is kept as it was first. The caller has checked that the run is there. */
export async function addInputs(
  db: RunDatabase,
  run: { id: string; experiment_id: string },
  inputs: readonly DatasetInput[],
): Promise<void> {
  for (const { dataset, tags } of inputs) {
    const { name, digest, sourceType, source, schema, profile } = dataset;
    const { id } = await db
      .insertInto('dataset')
      .values({
        ...{ experiment_id: run.experiment_id, name, digest },
        ...{ source_type: sourceType, source, schema, profile },
      })
      .onConflict((conflict) =>
        // Changes nothing, but makes the row be returned.
        conflict.columns(['experiment_id', 'name', 'digest']).doUpdateSet({ name }),
      )
      .returning('id')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('input')
      .values({ run_id: run.id, dataset_id: id, tags: JSON.stringify(tags) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
}

/** Inputs of each run that has some, in the order in which they were logged. */
export async function readInputs(
  db: RunDatabase,
  runIds: readonly string[],
): Promise<Map<string, DatasetInput[]>> {
  const rows = await db
    .selectFrom('input')
    .innerJoin('dataset', 'dataset.id', 'input.dataset_id')
    .selectAll('dataset')
    .select(['input.run_id', 'input.tags'])
    .where('input.run_id', 'in', among(runIds))
    .orderBy(sql`input.rowid`)
    .execute();
  const all = new Map<string, DatasetInput[]>();
  for (const { run_id, tags, name, digest, source_type: sourceType, source, schema, profile } of rows) {
    const input = {
      tags: JSON.parse(tags) as Tag[],
      dataset: { name, digest, sourceType, source, schema, profile },
    };
    all.set(run_id, [...(all.get(run_id) ?? []), input]);
  }
  return all;
}
