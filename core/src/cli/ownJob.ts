import { ForebayError, isForebayError } from '../api/errors.ts';
import type { Job } from '../api/schemas.ts';
import type { Client } from '../client/index.ts';
import type { Context } from './context.ts';
import { ProgressDisplay } from './progress.ts';

/**
 * Starts a job and waits for it, showing its progress. Ctrl-C cancels it; the outcome is waited for all the same,
 * since what was committed by then stays. A job that ran already, for somebody else, is only no longer waited for.
 * `start` gives the job's id, or null where nothing is to be waited for. `cancelled` is what a cancelled one says.
 */
export function completeOwnJob(
  context: Context,
  client: Client,
  start: () => Promise<string | null>,
  cancelled = 'Cancelled; nothing of it was kept.',
): Promise<Job | null> {
  return context.interrupts.during(async () => {
    const others = new Set((await client.app.status()).jobs.map((job) => job.id));
    const id = await start();
    if (id === null) return null;
    const { signal } = context.interrupts;
    const display = new ProgressDisplay(context.session.stderr);
    const sayCancelling = () => {
      display.clear();
      if (!others.has(id)) context.say('Cancelling...');
    };
    signal.addEventListener('abort', sayCancelling);
    const options = { signal, onProgress: (job: Job) => signal.aborted || display.show(job) };
    try {
      const done = others.has(id)
        ? await client.jobs.follow(id, options)
        : await client.jobs.complete(id, options);
      display.clear();
      if (signal.aborted) context.say('It was committed before it could be cancelled.');
      return done;
    } catch (error) {
      display.clear();
      if (!signal.aborted || !isForebayError(error, 'cancelled')) throw error;
      throw new ForebayError(
        'cancelled',
        others.has(id)
          ? 'Stopped waiting; the job goes on, since it was not started by this command.'
          : cancelled,
      );
    } finally {
      signal.removeEventListener('abort', sayCancelling);
    }
  });
}

/** As `completeOwnJob`, where there always is a job: its result, of the type that its endpoint promises. */
export async function resultOfOwnJob<Result>(
  context: Context,
  start: (client: Client) => Promise<Job>,
  cancelled?: string,
): Promise<Result> {
  const client = await context.client();
  const job = await completeOwnJob(context, client, async () => (await start(client)).id, cancelled);
  return job?.result as Result;
}
