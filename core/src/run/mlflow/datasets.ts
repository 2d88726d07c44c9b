import { invalid } from '../error.ts';
import { listDatasets } from '../search/datasets.ts';
import type { Handlers } from './handler.ts';

const mostExperiments = 20;

/** What the runs of experiments were trained and tested on (mlflow/server/handlers.py, search_datasets_impl). */
export const datasetHandlers: Handlers = {
  'POST experiments/search-datasets': async ({ db }, fields) => {
    const experimentIds = fields.strings('experiment_ids');
    if (experimentIds.length === 0) {
      throw invalid('SearchDatasets request must specify at least one experiment_id.');
    }
    if (experimentIds.length > mostExperiments) {
      throw invalid(
        `SearchDatasets request cannot specify more than ${mostExperiments} experiment_ids. Received ${experimentIds.length} experiment_ids.`,
      );
    }
    const found = await listDatasets(db, experimentIds);
    return {
      dataset_summaries: found.map(({ experimentId, context, ...dataset }) => ({
        ...{ experiment_id: experimentId, ...dataset },
        ...(context === undefined ? {} : { context }),
      })),
    };
  },
};
