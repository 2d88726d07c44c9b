import type { Call } from './tool.ts';

/**
 * Starts a job and waits for it. Who no longer wants the answer cancels the job, unless it ran already for somebody
 * else. `start` gives the job's id, or null where nothing is to be waited for.
 */
export async function completeJob(
  { client, signal, progress }: Call,
  start: () => Promise<string | null>,
): Promise<void> {
  const others = new Set((await client.app.status()).jobs.map((job) => job.id));
  const id = await start();
  if (id === null) return;
  const options = { signal, onProgress: progress };
  await (others.has(id) ? client.jobs.follow(id, options) : client.jobs.complete(id, options));
}
