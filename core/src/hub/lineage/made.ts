import { isForebayError, type SyncResult } from '../../api/index.ts';
import { addOutput } from '../../run/data/outputs.ts';
import type { RouteContext } from '../routes/http/context.ts';

/** Told of a dataset that is about to get a version; gives whom to tell once it has. */
export type Made = (dataset: string) => Promise<MadeNote>;
export type MadeNote = (result: SyncResult) => Promise<void>;

/**
 * Ties the version that a job makes to the run that it was asked for from; undefined outside of runs. A version that was
 * there before isn't the run's. What can't be noted doesn't undo the version: it is in the log.
 */
export function madeWithin(hub: RouteContext, runId: string | undefined): Made | undefined {
  if (runId === undefined) return undefined;
  return async (name) => {
    const newest = await newestOf(hub, name);
    return async ({ version, digest, files, bytes }) => {
      if (version <= newest) return;
      try {
        const { db, now, changed } = await hub.runs();
        const { dataset } = await hub.catalog.dataset(name);
        const facts = { name, version, digest, files, bytes, made: now() };
        if (await addOutput(db, { run_id: runId, dataset_id: dataset.id, ...facts })) changed(runId);
      } catch (error) {
        hub.log(error);
      }
    };
  };
}

async function newestOf(hub: RouteContext, name: string): Promise<number> {
  try {
    return (await hub.catalog.dataset(name)).history.newest;
  } catch (error) {
    if (isForebayError(error, 'dataset-unknown')) return 0;
    throw error;
  }
}
