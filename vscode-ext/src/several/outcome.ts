import { formatCount } from '@forebay/core/api/text/units';

/** How it went with each of several things that were done alike. */
export interface Outcome<T> {
  done: T[];
  failed: { item: T; why: string }[];
}

interface Words<T> {
  /** `#` takes the count's place: 'Cleared # from the cache'. */
  does: string;
  /** What is counted: 'version'. */
  noun: string;
  nameOf: (item: T) => string;
  /** Items with the same count once, as a version on two caches; left out: each counts. */
  countedAs?: (item: T) => string;
}

/** 'Cleared 2 of 3 versions from the cache. scans@v1 on local: it is in use.' */
export function sayOutcome<T>({ done, failed }: Outcome<T>, words: Words<T>): string {
  const { does, noun, nameOf, countedAs = nameOf } = words;
  const wrong = new Set(failed.map(({ item }) => countedAs(item)));
  const all = new Set([...done.map(countedAs), ...wrong]).size;
  const count =
    wrong.size === 0 ? formatCount(all, noun) : `${all - wrong.size} of ${formatCount(all, noun)}`;
  const why = failed.map((one) => `${nameOf(one.item)}: ${one.why}`);
  return [`${does.replace('#', count)}.`, ...why].join(' ');
}

/** Does the same to each of `items`, at once, and tells how each went. */
export async function forEachOf<T>(
  items: readonly T[],
  act: (item: T) => Promise<unknown>,
): Promise<Outcome<T>> {
  const results = await Promise.allSettled(items.map(act));
  const outcome: Outcome<T> = { done: [], failed: [] };
  for (const [at, result] of results.entries()) {
    const item = items[at] as T;
    if (result.status === 'fulfilled') outcome.done.push(item);
    else outcome.failed.push({ item, why: (result.reason as Error).message });
  }
  return outcome;
}
