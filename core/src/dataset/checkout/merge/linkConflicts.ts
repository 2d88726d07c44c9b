import { linkLeaves } from '../../scan/links.ts';
import type { Merge } from './merge.ts';
import type { Mine } from './mine.ts';

const linkWords = 'link ';

/** Two trees whose links stay inside may, merged, have one that doesn't: such a link is not taken. */
export function linkConflicts<M extends Merge>(merged: M, mine: Pick<Mine, 'links'>): M {
  const links = mine.links();
  for (const { path, theirs } of merged.take) {
    if (theirs?.startsWith(linkWords)) links.set(path, theirs.slice(linkWords.length));
    else links.delete(path);
  }
  const leaving = new Set(
    [...links].filter(([path, to]) => linkLeaves(path, to, links)).map(([path]) => path),
  );
  const refused = merged.take.map(({ path }) => path).filter((path) => leaving.has(path));
  if (refused.length === 0) return merged;
  const kept = {
    ...merged,
    take: merged.take.filter(({ path }) => !leaving.has(path)),
    conflicts: [...merged.conflicts, ...refused],
    blocked: [...merged.blocked, ...refused],
  };
  // What stands there instead may lead others out.
  return linkConflicts(kept, mine);
}
