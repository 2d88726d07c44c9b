/** One path on the three sides of a pull. What stands there is a text that is equal where the content is; absent: undefined. */
export interface Sides {
  path: string;
  base: string | undefined;
  mine: string | undefined;
  theirs: string | undefined;
}

export type Decision = 'keep' | 'take' | 'conflict';

/** Three-way, as in diff3: whoever changed a path wins it, both the same is no conflict, both differently is one. */
export function decide({ base, mine, theirs }: Omit<Sides, 'path'>): Decision {
  if (mine === theirs) return 'keep';
  if (mine === base) return 'take';
  if (theirs === base) return 'keep';
  return 'conflict';
}

export interface Merge {
  /** Paths that become theirs: written, replaced, or removed where they have none. In path order. */
  take: Sides[];
  /** Paths that the folder keeps although they changed on both sides, or that have no place beside what it keeps. */
  conflicts: string[];
  /** Of the conflicts, those where there is no place for theirs. */
  blocked: string[];
}

/** Begins the text of an empty folder, which gives way to whatever is put into it. */
export const folderMark = 'folder';

/**
 * Decides every path that differs between base and theirs; all others stay as they are.
 * `mine` tells what the folder has at a path and below one: a file can't take a folder's place while something of
 * the user's stays in it, nor the reverse.
 */
export function merge(
  changed: Sides[],
  mine: { at(path: string): string | undefined; below(path: string): Iterable<string> },
): Merge {
  const decided = new Map(changed.map((sides) => [sides.path, decide(sides)]));
  const leaves = new Set(
    changed
      .filter(({ path, theirs }) => theirs === undefined && decided.get(path) === 'take')
      .map(({ path }) => path),
  );
  const stays = (path: string): boolean => {
    const content = mine.at(path);
    return content !== undefined && content !== folderMark && !leaves.has(path);
  };
  const blocked = ({ path, theirs }: Sides): boolean => {
    if (theirs === undefined) return false;
    for (let up = path.lastIndexOf('/'); up > 0; up = path.lastIndexOf('/', up - 1)) {
      const ancestor = path.slice(0, up);
      if (stays(ancestor)) return true;
    }
    if (theirs === folderMark) return false;
    for (const below of mine.below(path)) if (!leaves.has(below)) return true;
    return false;
  };
  const result: Merge = { take: [], conflicts: [], blocked: [] };
  for (const sides of changed) {
    const decision = decided.get(sides.path);
    const isBlocked = decision !== 'keep' && blocked(sides);
    if (isBlocked) result.blocked.push(sides.path);
    if (decision === 'conflict' || isBlocked) result.conflicts.push(sides.path);
    else if (decision === 'take') result.take.push(sides);
  }
  return result;
}
