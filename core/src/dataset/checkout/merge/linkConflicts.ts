import { linkLeaves } from '../../scan/links.ts';
import type { Merge } from './merge.ts';
import type { Mine } from './mine.ts';

const linkWords = 'link ';

/** Two trees whose links stay inside may, merged, have one that doesn't: such a link is not taken. */
export function linkConflicts(merged: Merge, mine: Pick<Mine, 'links'>): Merge {
  const links = mine.links();
  for (const { path, theirs } of merged.take) {
    if (theirs?.startsWith(linkWords)) links.set(path, theirs.slice(linkWords.length));
    else links.delete(path);
  }
  const leaving = new Set(
    [...links].filter(([path, to]) => linkLeaves(path, to, links)).map(([path]) => path),
  );
  return {
    take: merged.take.filter(({ path }) => !leaving.has(path)),
    conflicts: [
      ...merged.conflicts,
      ...merged.take.map(({ path }) => path).filter((path) => leaving.has(path)),
    ],
  };
}
