import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { findWorkingCopy, stateFile } from './workingCopy.ts';

/**
 * The nearest folder, from `folder` upwards, that is a working copy; undefined where there is none. Above `folder` only
 * what this account made counts: nobody else decides, from /tmp say, what is synced.
 * Throws `folder-unknown`, and `damaged` or `file-unreadable` for a state that can't be read.
 */
export async function findAround(folder: string): Promise<string | undefined> {
  return (await findWorkingCopy(folder)) ? folder : findAbove(folder);
}

/** As `findAround`, from the folder above. */
export async function findAbove(folder: string): Promise<string | undefined> {
  for (let at = dirname(folder), below = folder; at !== below; below = at, at = dirname(at)) {
    if ((await isOurs(stateFile(at))) && (await findWorkingCopy(at))) return at;
  }
  return undefined;
}

async function isOurs(file: string): Promise<boolean> {
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && (process.getuid === undefined || found.uid === process.getuid());
}

/** A folder within a working copy belongs to it: it can't be another's. Throws `bad-request`. */
export async function refuseInside(folder: string): Promise<void> {
  const around = await findAbove(folder);
  if (around === undefined) return;
  const name = (await findWorkingCopy(around))?.dataset.name;
  throw new ForebayError(
    'bad-request',
    `${folder} is inside ${around}, a working copy of '${name}' already.`,
    `Sync it with ${around}, or move it out first if it should become a dataset of its own.`,
  );
}
