import {
  linkSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  unlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../entry.ts';
import { lookAt } from '../../scan/scan.ts';
import { parentOf } from '../write/paths.ts';
import { systemError } from '../write/systemError.ts';
import type { Sides } from './merge.ts';
import { isUntouched, type Mine } from './mine.ts';

export interface ApplyRequest {
  folder: string;
  /** Where the new files lie, proved, under their paths. */
  staging: string;
  take: Sides[];
  theirs: ReadonlyMap<string, Entry | undefined>;
  mine: Pick<Mine, 'found'>;
  /** Called with what is about to be overwritten or removed. */
  keep?: ((path: string) => void) | undefined;
}

export interface Applied {
  added: number;
  changed: number;
  removed: number;
  /** What somebody changed while we were at it; left as it is. */
  conflicts: string[];
  /** Paths of the files that were put in place. */
  written: string[];
}

/** Puts theirs in place, path by path, each by one step; what is no longer as it was scanned is left alone. */
export function applyMerge({ folder, staging, take, theirs, mine, keep }: ApplyRequest): Applied {
  const applied: Applied = { added: 0, changed: 0, removed: 0, conflicts: [], written: [] };
  const attempt = (path: string, action: () => boolean): boolean => {
    try {
      if (isAsScanned(folder, path, mine)) {
        keep?.(path);
        if (action()) return true;
      }
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!['EEXIST', 'ENOTEMPTY', 'ENOTDIR', 'EISDIR', 'ENOENT'].includes(code ?? '')) {
        throw systemError(error, folder, path);
      }
    }
    applied.conflicts.push(path);
    return false;
  };
  // Last first, so that a folder's contents go before the folder.
  for (const { path, theirs } of take.toReversed()) {
    if (theirs === undefined && attempt(path, () => remove(folder, path))) applied.removed++;
  }
  for (const { path, mine: before } of take) {
    const entry = theirs.get(path);
    if (entry === undefined || !attempt(path, () => put(folder, staging, entry, before))) continue;
    if (before === undefined) applied.added++;
    else applied.changed++;
    if (entry.kind === 'file') applied.written.push(path);
  }
  return applied;
}

function isAsScanned(folder: string, path: string, mine: Pick<Mine, 'found'>): boolean {
  const scanned = mine.found(path);
  const stat = lstatSync(join(folder, path), { throwIfNoEntry: false });
  if (scanned === undefined) return stat === undefined || stat.isDirectory();
  if (stat === undefined) return false;
  return scanned.kind === 'folder' ? stat.isDirectory() : isUntouched(scanned, lookAt(folder, path));
}

/** Folders that are left empty go too: a version lists only those that it wants empty, and they are put back after. */
function remove(folder: string, path: string): boolean {
  const at = join(folder, path);
  if (lstatSync(at).isDirectory()) {
    if (readdirSync(at).length > 0) return true;
    rmdirSync(at);
  } else unlinkSync(at);
  for (let parent = parentOf(path); parent !== ''; parent = parentOf(parent)) {
    if (readdirSync(join(folder, parent)).length > 0) break;
    rmdirSync(join(folder, parent));
  }
  return true;
}

function put(folder: string, staging: string, entry: Entry, before: string | undefined): boolean {
  const at = join(folder, entry.path);
  if (entry.kind === 'folder') {
    if (before !== undefined) unlinkSync(at);
    mkdirSync(at, { recursive: true });
    return true;
  }
  mkdirSync(join(folder, parentOf(entry.path)), { recursive: true });
  if (before === 'folder') rmdirSync(at);
  const fresh = before === undefined || before === 'folder';
  if (entry.kind === 'link') return putLink(entry.target, at, join(staging, entry.path), fresh);
  if (fresh) putNew(join(staging, entry.path), at);
  else renameSync(join(staging, entry.path), at);
  return true;
}

/** link(2) never overwrites what somebody made meanwhile, as rename(2) would. */
function putNew(staged: string, at: string): void {
  try {
    linkSync(staged, at);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!['EPERM', 'ENOTSUP', 'ENOSYS', 'EOPNOTSUPP'].includes(code ?? '')) throw error;
    renameSync(staged, at);
    return;
  }
  unlinkSync(staged);
}

function putLink(target: string, at: string, staged: string, fresh: boolean): boolean {
  if (fresh) {
    symlinkSync(target, at);
    return true;
  }
  mkdirSync(join(staged, '..'), { recursive: true });
  symlinkSync(target, staged);
  renameSync(staged, at);
  return true;
}
