import type { Version, VersionStatistics } from '../api/schemas.ts';
import { wait } from '../client/http/wait.ts';
import type { Client } from '../client/index.ts';
import { selectorOf } from './resolve.ts';

/** Milliseconds. */
const patience = 10_000;
const pause = 250;

/** What is known of a version after up to ten seconds: most are counted by then, and a caller may ask again. */
export async function settledStatistics(
  { versions }: Client,
  version: Version,
  signal: AbortSignal,
): Promise<VersionStatistics> {
  const until = Date.now() + patience;
  for (;;) {
    const statistics = await versions.statistics(version.dataset, selectorOf(version), signal);
    if (statistics.complete || Date.now() > until) return statistics;
    await wait(pause, signal);
  }
}
