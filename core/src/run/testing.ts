import { makeDefaultExperiment } from './experiments.ts';
import { createRun } from './runs.ts';
import { openRuns, type RunDatabase } from './store/open.ts';

/** A store of runs in memory, with the default experiment. */
export async function newRuns(): Promise<RunDatabase> {
  const db = await openRuns(':memory:');
  await makeDefaultExperiment(db, 0);
  return db;
}

export async function newRun(db: RunDatabase, name = 'a run'): Promise<string> {
  return (await createRun(db, { experimentId: '0', name }, 1000)).id;
}
