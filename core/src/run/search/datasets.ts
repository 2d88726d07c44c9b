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

/** Datasets that runs of the experiments used, each once a context. A run may have been moved: where it is now counts. */
export async function listDatasets(
  db: RunDatabase,
  experimentIds: readonly string[],
): Promise<UsedDataset[]> {
  const rows = await db
    .selectFrom('dataset')
    .innerJoin('input', 'input.dataset_id', 'dataset.id')
    .innerJoin('run', 'run.id', 'input.run_id')
    .select(['dataset.id', 'run.experiment_id', 'dataset.name', 'dataset.digest', 'input.tags'])
    .where('run.experiment_id', 'in', among(experimentIds))
    .distinct()
    .orderBy('dataset.id')
    .limit(most)
    .execute();
  const all = rows.map(({ experiment_id, name, digest, tags }) => {
    const context = (JSON.parse(tags) as Tag[]).find(({ key }) => key === 'mlflow.data.context')?.value;
    const used = { experimentId: experiment_id, name, digest, context };
    return [JSON.stringify(used), used] as const;
  });
  return [...new Map(all).values()];
}
