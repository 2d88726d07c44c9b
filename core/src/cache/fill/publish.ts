import { chmod, link, lstat, mkdir, rename, rm, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errnoOf, unlessAbsent } from '../errno.ts';
import { flushFolder } from '../flush.ts';
import { staged } from '../layout.ts';
import { type PlacementRecord, readRecord, writeRecord } from '../record.ts';
import { takenOver } from './takenOver.ts';

/**
 * Makes a finished tree visible as `target`, whole at once: the record goes first, naming the folder's inode,
 * and counts for nothing until the one rename of the folder. Neither ever overwrites another fill's.
 * Throws `folder-busy` where somebody else took the staging folder away or published first.
 */
export async function publish(staging: string, target: string, record: PlacementRecord): Promise<void> {
  const recordPath = `${target}.json`;
  try {
    await writeRecord(staged.record(staging), record);
    await mkdir(dirname(target), { recursive: true });
    await putRecord(staged.record(staging), recordPath, target);
    await flushFolder(dirname(target));
    await rename(staged.tree(staging), target);
    if ((await readRecord(recordPath))?.fill !== record.fill) throw takenOver();
  } catch (error) {
    if ((await readRecord(recordPath))?.fill === record.fill) await unlessAbsent(unlink(recordPath));
    if (['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) throw takenOver(error);
    throw error;
  }
  await chmod(target, 0o555);
  await flushFolder(dirname(target));
  await rm(staging, { recursive: true, force: true });
}

/** A record without its folder is what a filler left that lost its staging just then. */
async function putRecord(staged: string, recordPath: string, target: string): Promise<void> {
  try {
    await link(staged, recordPath);
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST' || (await unlessAbsent(lstat(target)))) throw error;
    await unlessAbsent(unlink(recordPath));
    await link(staged, recordPath);
  }
}
