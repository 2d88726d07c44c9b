import { ForebayError, isForebayError } from '../api/errors.ts';
import type { Job } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';
import type { Context } from './context.ts';
import { ProgressDisplay } from './progress.ts';

/**
 * Starts a job and waits for it, showing its progress. Ctrl-C cancels it; the outcome is waited for all the same,
 * since what was committed by then stays. `start` gives the job's id, or null where nothing is to be waited for.
 */
export function completeOwnJob(
  context: Context,
  client: Client,
  start: () => Promise<string | null>,
): Promise<Job | null> {
  return context.interrupts.during(async () => {
    const id = await start();
    if (id === null) return null;
    const { signal } = context.interrupts;
    const display = new ProgressDisplay(context.session.stderr);
    const sayCancelling = () => {
      display.clear();
      context.say('Cancelling...');
    };
    signal.addEventListener('abort', sayCancelling);
    try {
      const done = await client.jobs.complete(id, { signal, onProgress: (job) => display.show(job) });
      display.clear();
      if (signal.aborted) context.say('It was committed before it could be cancelled.');
      return done;
    } catch (error) {
      display.clear();
      if (signal.aborted && isForebayError(error, 'cancelled')) {
        throw new ForebayError('cancelled', 'Cancelled; nothing of it was kept.');
      }
      throw error;
    } finally {
      signal.removeEventListener('abort', sayCancelling);
    }
  });
}

/** As `completeOwnJob`, where there always is a job: its result, of the type that its endpoint promises. */
export async function resultOfOwnJob<Result>(
  context: Context,
  start: (client: Client) => Promise<Job>,
): Promise<Result> {
  const client = await context.client();
  const job = await completeOwnJob(context, client, async () => (await start(client)).id);
  return job?.result as Result;
}
