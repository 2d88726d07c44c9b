import type { Merge, Sides } from './merge.ts';

/** What a person chose for a path that both sides changed: their own, the dataset's, or the dataset's beside their own. */
export type Choice = 'mine' | 'theirs' | 'both';

export interface Resolved extends Merge {
  /** Path of the dataset's file -> path beside it under which it is put. */
  beside: Map<string, string>;
}

/** What can be chosen for a conflict; a path without a place for theirs keeps mine. */
export function choicesOf({ theirs }: Sides, blocked: boolean): Choice[] {
  if (blocked) return ['mine'];
  const isFile = theirs?.startsWith('file ') || theirs?.startsWith('executable ');
  return isFile ? ['mine', 'theirs', 'both'] : ['mine', 'theirs'];
}

/** Puts what a person chose into a merge; what nobody chose stays a conflict, and the folder keeps its own. */
export function resolve(
  merged: Merge,
  sides: readonly Sides[],
  choices: Readonly<Record<string, Choice>>,
  { version, isFree }: { version: number; isFree: (path: string) => boolean },
): Resolved {
  const byPath = new Map(sides.map((each) => [each.path, each]));
  const blocked = new Set(merged.blocked);
  const resolved: Resolved = { ...merged, take: [...merged.take], conflicts: [], beside: new Map() };
  for (const path of merged.conflicts) {
    const [side, chosen] = [byPath.get(path), choices[path]];
    if (!side || !chosen || !choicesOf(side, blocked.has(path)).includes(chosen))
      resolved.conflicts.push(path);
    else if (chosen === 'theirs') resolved.take.push(side);
    else if (chosen === 'both') {
      const other = pathBeside(path, version, isFree);
      resolved.beside.set(path, other);
      resolved.take.push({ path: other, base: undefined, mine: undefined, theirs: side.theirs });
    }
  }
  return resolved;
}

/** 'a/labels.csv' of v4 -> 'a/labels (v4).csv', or with a number where that is taken. */
export function pathBeside(path: string, version: number, isFree: (path: string) => boolean): string {
  const slash = path.lastIndexOf('/') + 1;
  const dot = path.lastIndexOf('.');
  const end = dot > slash ? dot : path.length;
  for (let nth = 1; ; nth++) {
    const note = nth === 1 ? `v${version}` : `v${version}, ${nth}`;
    const candidate = `${path.slice(0, end)} (${note})${path.slice(end)}`;
    if (isFree(candidate)) return candidate;
  }
}
