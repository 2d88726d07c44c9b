import type { Job } from '../../api/index.ts';
import { randomName } from '../../dataset/names.ts';
import type { HubContext } from '../context.ts';
import type { ImportRunsTask } from '../jobs/task.ts';

/** Starts to bring in the runs of another store. */
export function importRuns(hub: HubContext, request: Omit<ImportRunsTask, 'kind'>): Promise<Job> {
  const job = {
    id: randomName(),
    kind: 'import-runs' as const,
    title: `Importing runs of ${request.path}`,
    dataset: null,
    version: null,
    cache: null,
    folder: null,
    placementId: null,
  };
  // Two at once would both add what neither has found here.
  const others = hub.jobs.active.filter(({ kind }) => kind === job.kind);
  return hub.jobs.create(job, {
    after: others.map(({ id }) => id),
    run: (control) => hub.runTask({ kind: 'import-runs', ...request }, control),
    async settle(outcome) {
      // One hint for all of them, also of those that came before it was cancelled.
      if (!request.dryRun) hub.events.emit('run', '');
      return outcome;
    },
  });
}
