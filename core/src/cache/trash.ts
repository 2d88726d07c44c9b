import { chmodSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { chmod, lstat, mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { randomName } from '../dataset/names.ts';
import { isNfs } from '../lake/fileSystem.ts';
import { errnoOf, unlessAbsent } from './errno.ts';
import { layout } from './layout.ts';

/** Takes a file or folder out of sight by one rename. False where it isn't there (any more). */
export async function moveToTrash(cache: string, path: string): Promise<boolean> {
  await mkdir(layout.trash(cache), { recursive: true });
  const stat = await unlessAbsent(lstat(path));
  if (stat === undefined) return false;
  // A read-only folder can't change its parent: its '..' would have to be rewritten.
  if (stat.isDirectory() && (stat.mode & 0o200) === 0) await unlessAbsent(chmod(path, 0o755));
  try {
    await rename(path, join(layout.trash(cache), `${Date.now()}-${randomName()}`));
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}

/** An NFS client goes on using what it knows of a folder for up to this long: `acdirmax` of nfs(5), milliseconds. */
const attributeCache = 60_000;

/** How long something must have been in the trash before it may be deleted, milliseconds. */
export async function trashPatience(cache: string, onNfs = isNfs): Promise<number> {
  return (await onNfs(cache)) ? attributeCache : 0;
}

/**
 * Deletes what has lain in the trash for `patience`, until `signal` asks to leave the rest for later. Tolerates others
 * doing the same, and `.nfs*` files, which an NFS client keeps until their last reader closes them. True: it is empty.
 */
export async function emptyTrash(cache: string, signal?: AbortSignal, patience = 0): Promise<boolean> {
  let empty = true;
  for (const name of (await unlessAbsent(readdir(layout.trash(cache)))) ?? []) {
    empty = leftOf(name, patience) <= 0 && (await remove(join(layout.trash(cache), name), signal)) && empty;
  }
  return empty;
}

/** Milliseconds until the last thing in the trash may be deleted; 0 where all of it may. */
export async function waitForTrash(cache: string, patience: number): Promise<number> {
  const names = (await unlessAbsent(readdir(layout.trash(cache)))) ?? [];
  return Math.max(0, ...names.map((name) => leftOf(name, patience)));
}

/** Names begin with the time, milliseconds; a clock that was set back makes nobody wait for longer than needed. */
function leftOf(name: string, patience: number): number {
  const since = Number(/^(\d+)-/.exec(name)?.[1] ?? 0);
  return Math.min(patience, since + patience - Date.now());
}

async function remove(top: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    unlinkSync(top);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return true;
    if (!['EISDIR', 'EPERM'].includes(errnoOf(error))) throw error;
  }
  return removeFolder(top, signal);
}

async function removeFolder(folder: string, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    chmodSync(folder, 0o700);
    let sinceBreath = 0;
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (++sinceBreath % 512 === 0) await setImmediate();
      if (signal?.aborted) return false;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await removeFolder(path, signal);
      else unlinkQuietly(path);
    }
    rmdirSync(folder);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return true;
    if (['ENOTEMPTY', 'EEXIST', 'EBUSY'].includes(errnoOf(error))) return false;
    throw error;
  }
}

function unlinkQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!['ENOENT', 'EBUSY'].includes(errnoOf(error))) throw error;
  }
}
