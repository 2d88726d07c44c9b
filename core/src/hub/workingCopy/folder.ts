import { realpath } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { checkName, ForebayError, isForebayError, type WorkingCopy } from '../../api/index.ts';
import { findAround } from '../../dataset/workingCopy/findAround.ts';
import { initWorkingCopy } from '../../dataset/workingCopy/init.ts';
import { readWorkingCopy } from '../../dataset/workingCopy/workingCopy.ts';
import type { HubContext } from '../context.ts';

/**
 * The folder's real path, so that one folder has one name. `~/` is this user's home: JupyterLab tells its own folder so.
 * Throws `bad-path` or `folder-unknown`.
 */
export async function realFolder(written: string): Promise<string> {
  const folder = /^~($|\/)/.test(written) ? join(homedir(), written.slice(1)) : written;
  if (!isAbsolute(folder)) {
    throw new ForebayError('bad-path', `'${folder}' is not an absolute path.`, 'Write the whole path.');
  }
  try {
    return await realpath(folder);
  } catch (error) {
    const denied = (error as NodeJS.ErrnoException).code === 'EACCES';
    throw new ForebayError(
      'folder-unknown',
      `The folder ${folder} ${denied ? "can't be read" : "isn't there"}.`,
    );
  }
}

/** The real path of a folder that may not be there yet, in one that is. Throws `bad-path` or `folder-unknown`. */
export async function newFolder(written: string): Promise<string> {
  return realFolder(written).catch(async (error) => {
    if (!isForebayError(error, 'folder-unknown')) throw error;
    return join(await realFolder(dirname(written)), basename(written));
  });
}

/** The real path of the working copy that the folder is, or is in; else the folder's own. */
export async function workingFolder(written: string): Promise<string> {
  const real = await realFolder(written);
  return (await findAround(real)) ?? real;
}

/** Throws `not-a-working-copy`. */
export async function readFolder(hub: HubContext, folder: string): Promise<WorkingCopy> {
  const real = await workingFolder(folder);
  const copy = await readWorkingCopy(real);
  const { history } = await hub.catalog.dataset(copy.dataset.name);
  return {
    folder: real,
    dataset: copy.dataset.name,
    base: copy.base,
    latest: history.versions.at(-1)?.version ?? 0,
    ...(copy.selection ? { selection: copy.selection } : {}),
  };
}

/** Throws `folder-unknown`, `bad-name`, or what the folder is already. */
export async function initFolder(hub: HubContext, folder: string, name: string): Promise<WorkingCopy> {
  checkName(name);
  const real = await realFolder(folder);
  const { lake, id: lakeId } = await hub.lakes.opened();
  const copy = await initWorkingCopy({ lake, lakeId, folder: real, name, author: userInfo().username });
  hub.events.emit('dataset', name);
  return copy;
}
