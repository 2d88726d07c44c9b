import type { Actor } from '../host.ts';

export async function cancelJob({ client, notify }: Actor, id: string): Promise<void> {
  await client.jobs.cancel(id).catch((error: unknown) => notify({ kind: 'failed', error }));
}
