import { chmod, mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ForebayError } from '../api/errors.ts';
import { errnoOf } from './errno.ts';
import { flushFolder } from './flush.ts';
import { staged } from './layout.ts';
import { type PlacementRecord, writeRecord } from './record.ts';

/**
 * Makes a finished tree visible as `target`, whole at once: the record goes first, naming the folder's inode,
 * and counts for nothing until the one rename of the folder. Whoever lost the staging folder gets `folder-busy`.
 */
export async function publish(staging: string, target: string, record: PlacementRecord): Promise<void> {
  try {
    await writeRecord(staged.record(staging), record);
    await mkdir(dirname(target), { recursive: true });
    await rename(staged.record(staging), `${target}.json`);
    await flushFolder(dirname(target));
    await rename(staged.tree(staging), target);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error;
    throw new ForebayError(
      'folder-busy',
      'Somebody else took over filling this version.',
      'Nothing to do: follow the other fill.',
      { cause: error },
    );
  }
  await chmod(target, 0o555);
  await flushFolder(dirname(target));
  await rm(staging, { recursive: true, force: true });
}
