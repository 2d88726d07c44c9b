import type { Home } from '../../support/home.ts';
import { run } from '../measure/stopwatch.ts';

export interface Synced {
  version: number;
  uploadedBytes: number;
  /** Of the whole command. */
  seconds: number;
}

/** Syncs a folder, timed as a person waits for it. */
export async function timedSync({ home }: { home: Home }, work: string): Promise<Synced> {
  await run('sync', []);
  const begun = performance.now();
  const said = await home.json<Omit<Synced, 'seconds'>>('-C', work, 'data', 'sync');
  return { ...said, seconds: (performance.now() - begun) / 1000 };
}
