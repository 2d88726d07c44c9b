import { formatCount } from '@forebay/core/api/text/units';

/** How it went with each of several things that were done alike. */
export interface Outcome {
  done: string[];
  failed: { name: string; why: string }[];
}

/** 'Cleared 2 of 3 versions from the cache. scans@v1: it is in use.' `does` takes the count's place: 'Cleared # from the cache'. */
export function sayOutcome({ done, failed }: Outcome, does: string, noun: string): string {
  const all = done.length + failed.length;
  const count = failed.length === 0 ? formatCount(all, noun) : `${done.length} of ${formatCount(all, noun)}`;
  return [`${does.replace('#', count)}.`, ...failed.map(({ name, why }) => `${name}: ${why}`)].join(' ');
}

/** Does the same to each of `items`, at once, and tells how each went. */
export async function forEachOf<T>(
  items: readonly T[],
  nameOf: (item: T) => string,
  act: (item: T) => Promise<unknown>,
): Promise<Outcome> {
  const results = await Promise.allSettled(items.map(act));
  const outcome: Outcome = { done: [], failed: [] };
  for (const [at, result] of results.entries()) {
    const name = nameOf(items[at] as T);
    if (result.status === 'fulfilled') outcome.done.push(name);
    else outcome.failed.push({ name, why: (result.reason as Error).message });
  }
  return outcome;
}
