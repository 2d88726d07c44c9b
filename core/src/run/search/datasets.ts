import { among } from '../store/among.ts';
import type { RunDatabase } from '../store/open.ts';
import type { Tag } from '../tags.ts';

export interface UsedDataset {
  experimentId: string;
  name: string;
  digest: string;
  /** What for, as `training`; undefined where that wasn't said. */
  context: string | undefined;
}

const most = 1000;

/** Datasets that runs of the experiments used, each once a context. */
export async function listDatasets(
  db: RunDatabase,
  experimentIds: readonly string[],
): Promise<UsedDataset[]> {
  const rows = await db
    .selectFrom('dataset')
    .innerJoin('input', 'input.dataset_id', 'dataset.id')
    .select(['dataset.id', 'dataset.experiment_id', 'dataset.name', 'dataset.digest', 'input.tags'])
    .where('dataset.experiment_id', 'in', among(experimentIds))
    .distinct()
    .orderBy('dataset.id')
    .limit(most)
    .execute();
  const all = rows.map(({ id, experiment_id, name, digest, tags }) => {
    const context = (JSON.parse(tags) as Tag[]).find(({ key }) => key === 'mlflow.data.context')?.value;
    return [`${id} ${context}`, { experimentId: experiment_id, name, digest, context }] as const;
  });
  return [...new Map(all).values()];
}
