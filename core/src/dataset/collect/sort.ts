import type { ListedObject } from './objects.ts';

/** A collect record's names may be deleted from this long after its time, milliseconds (FORMAT.md, Logs). */
export const sweepAfter = 86_400_000;

/** What nothing refers to, by what may be done with it now. */
export interface Garbage {
  /** So young that somebody may be uploading it for a version that is still being made. */
  young: ListedObject[];
  /** To be named in a collect record. */
  unnamed: ListedObject[];
  /** Named less than a day ago. */
  waiting: ListedObject[];
  /** Named a day ago or more: to be deleted. */
  due: ListedObject[];
}

/**
 * `named`: of each object that a collect record names, when (milliseconds, by the store's clock as is `now`).
 * `olderThan`: milliseconds; what is younger is left alone.
 */
export function sortGarbage(
  unreferenced: readonly ListedObject[],
  named: ReadonlyMap<string, number>,
  { now, olderThan }: { now: number; olderThan: number },
): Garbage {
  const garbage: Garbage = { young: [], unnamed: [], waiting: [], due: [] };
  for (const object of unreferenced) {
    const since = named.get(object.name);
    if (since !== undefined) (now - since >= sweepAfter ? garbage.due : garbage.waiting).push(object);
    else if (now - object.modified >= olderThan) garbage.unnamed.push(object);
    else garbage.young.push(object);
  }
  return garbage;
}
