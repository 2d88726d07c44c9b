import type { FileEntry, Selection } from '../../src/api/schemas.ts';
import { selectionOf } from '../../src/api/selection.ts';
import { globsOfPaths } from './globsOfPaths.ts';

/** What is ticked: paths of folders and files that are wanted; '' is the whole version. */
export type Ticked = ReadonlySet<string>;

export const whole: Ticked = new Set(['']);

/** What lies in a folder that was opened; undefined for others. */
export type ChildrenOf = (folder: string) => readonly string[] | undefined;

export type TickState = 'on' | 'off' | 'some';

/** Of a path: ticked itself or below what is ticked, holding something ticked, or neither. */
export function ticksOf(ticked: Ticked): (path: string) => TickState {
  const holding = new Set<string>();
  for (const path of ticked) {
    // What lies above one that was seen already was seen with it.
    for (let at = path; at !== '' && !holding.has(parentOf(at)); at = parentOf(at)) holding.add(parentOf(at));
  }
  return (path) => {
    if (holderOf(ticked, path) !== undefined) return 'on';
    return holding.has(path) ? 'some' : 'off';
  };
}

/**
 * Ticks a path, or unticks it. `childrenOf` tells what lies in a folder that was opened (only what was seen can be
 * unticked): unticking one of them ticks its siblings in place of the folder; ticking the last ticks the folder.
 */
export function toggle(ticked: Ticked, path: string, childrenOf: ChildrenOf): Ticked {
  const next = new Set(ticked);
  const holder = holderOf(ticked, path);
  if (holder !== undefined) {
    // Whatever stands for it from above gives way to what lies beside it.
    for (let above = holder; above !== path; ) {
      next.delete(above);
      const children = childrenOf(above) ?? [];
      for (const child of children) next.add(child);
      const closer = children.find((child) => child === path || path.startsWith(`${child}/`));
      if (closer === undefined) return ticked;
      above = closer;
    }
    next.delete(path);
    return next;
  }
  for (const each of next) if (path === '' || each.startsWith(`${path}/`)) next.delete(each);
  next.add(path);
  return gathered(next, path, childrenOf);
}

/** The ticked path that stands for this one: itself, or one above it. */
function holderOf(ticked: Ticked, path: string): string | undefined {
  for (let at = path; ; at = parentOf(at)) {
    if (ticked.has(at)) return at;
    if (at === '') return undefined;
  }
}

/** Folders whose every child is ticked are ticked themselves. */
function gathered(ticked: Set<string>, path: string, childrenOf: ChildrenOf): Ticked {
  for (let at = path; at !== ''; ) {
    const parent = parentOf(at);
    const children = childrenOf(parent);
    if (!children || children.length === 0 || !children.every((child) => ticked.has(child))) break;
    for (const child of children) ticked.delete(child);
    ticked.add(parent);
    at = parent;
  }
  return ticked;
}

export const parentOf = (path: string): string =>
  path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';

/**
 * What is ticked as globs, by what takes fewer of them: what is wanted, or what isn't. Null for the whole version;
 * 'nothing' where nothing is ticked. Names are taken as they are. Throws `bad-request` for too many.
 */
export function selectionOfTicked(ticked: Ticked, childrenOf: ChildrenOf): Selection | null | 'nothing' {
  if (ticked.has('')) return null;
  if (ticked.size === 0) return 'nothing';
  const off = offIn(ticksOf(ticked), '', childrenOf);
  return off !== undefined && off.length < ticked.size
    ? selectionOf({ exclude: globsOfPaths(off) })
    : selectionOf({ include: globsOfPaths([...ticked]) });
}

/** The topmost paths in `folder` of which nothing is ticked; undefined where that can't be told. */
function offIn(
  stateOf: (path: string) => TickState,
  folder: string,
  childrenOf: ChildrenOf,
): string[] | undefined {
  const off: string[] = [];
  const children = childrenOf(folder);
  if (!children) return undefined;
  for (const child of children) {
    const state = stateOf(child);
    if (state === 'off') off.push(child);
    if (state !== 'some') continue;
    const below = offIn(stateOf, child, childrenOf);
    if (!below) return undefined;
    for (const each of below) off.push(each);
  }
  return off;
}

/** Files and bytes of what is ticked, as far as its parts were seen. */
export function sizeOfTicked(
  ticked: Ticked,
  entries: ReadonlyMap<string, FileEntry>,
): { files: number; bytes: number } {
  const size = { files: 0, bytes: 0 };
  for (const path of ticked) {
    const entry = entries.get(path);
    size.files += entry?.kind === 'folder' ? (entry.files ?? 0) : 1;
    size.bytes += entry?.size ?? 0;
  }
  return size;
}
