import { ForebayError } from '../../../api/index.ts';
import { TrackingError } from '../../../run/error.ts';
import type { Tracking } from '../../../run/mlflow/handler.ts';
import type { RouteContext } from '../http/context.ts';

/** The store of runs speaks MLflow's codes; the hub's API has its own. */
export async function tracked<T>(hub: RouteContext, work: (tracking: Tracking) => Promise<T>): Promise<T> {
  try {
    return await work(await hub.runs());
  } catch (error) {
    if (!(error instanceof TrackingError)) throw error;
    const code = error.code === 'RESOURCE_DOES_NOT_EXIST' ? 'run-unknown' : 'bad-request';
    const hint = code === 'run-unknown' ? "'forebay runs ls' lists the runs that there are." : undefined;
    throw new ForebayError(code, error.message, hint, { cause: error });
  }
}
