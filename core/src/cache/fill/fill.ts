import { existsSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { ForebayError, isForebayError } from '../../api/errors.ts';
import { systemError } from '../../dataset/checkout/write/systemError.ts';
import type { Control } from '../../dataset/progress.ts';
import { flushFileSystem } from '../flush.ts';
import { staged } from '../layout.ts';
import { isReady, partOf } from '../record.ts';
import { emptyTrash, moveToTrash, trashPatience } from '../trash.ts';
import { adoptVersion } from './adopt.ts';
import type { FilledVersion, FillRequest } from './fillRequest.ts';
import { fillTree } from './fillTree.ts';
import { publish } from './publish.ts';
import { sealTree } from './seal.ts';
import { takeOver } from './staging.ts';
import { takenOver } from './takenOver.ts';

/**
 * Puts a whole version, or the selected part of one, on the cache and publishes it by one rename. What a crashed attempt finished is used;
 * what stands there already is adopted once every byte of it was hashed.
 * Throws `no-space`, `damaged`, `names-collide`, `link-leaves`, `bad-path`, `folder-busy` (another filler took over),
 * `cancelled` and the lake's errors; only where the lake can't be reached does staging stay, for the next attempt.
 */
export async function fillVersion(request: FillRequest, control: Control): Promise<FilledVersion> {
  const { cache, dataset, version, fillId } = request;
  const sayError = (error: unknown): unknown =>
    isForebayError(error) ? error : systemError(error, cache.path, '', version);
  let staging: string;
  try {
    const adopted = (await heals(request)) ? undefined : await adoptVersion(request, control);
    if (adopted) return adopted;
    const { version: number, digest } = version;
    const part = partOf(version);
    staging = await takeOver(cache.path, fillId, { dataset: dataset.id, version: number, part, digest });
  } catch (error) {
    throw sayError(error);
  }
  try {
    return await fillStaging(request, staging, control);
  } catch (error) {
    const lost = !existsSync(staging);
    if (control.signal.aborted || !isForebayError(error, 'lake-unreachable')) {
      await moveToTrash(cache.path, staging);
      await emptyTrash(cache.path, AbortSignal.timeout(1000), await trashPatience(cache.path));
    }
    if (control.signal.aborted)
      throw new ForebayError('cancelled', 'Cancelled.', undefined, { cause: error });
    if (lost) throw takenOver(error);
    throw sayError(error);
  }
}

async function fillStaging(request: FillRequest, staging: string, control: Control): Promise<FilledVersion> {
  const { cache, dataset, version, fillId } = request;
  const tree = staged.tree(staging);
  const written = await fillTree(request, staging, control);
  const { files, links, folders, bytes } = written;
  const tally = { files, filesTotal: files, bytes, bytesTotal: bytes };
  control.report({ phase: 'verifying', ...tally });
  await sealTree(tree, written);
  await flushFileSystem(tree, control.signal);
  if (control.signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
  control.report({ phase: 'publishing', ...tally });
  const inode = String((await lstat(tree, { bigint: true })).ino);
  const path = (await cache.find(dataset, version.version, partOf(version))).path;
  if (await heals(request)) await makeWay(cache.path, path);
  await publish(staging, path, {
    format: 1,
    dataset,
    version: version.version,
    digest: version.digest,
    ...(version.selection ? { selection: version.selection } : {}),
    files,
    links,
    folders,
    bytes,
    fill: fillId,
    inode,
    verified: new Date().toISOString(),
  });
  return {
    path,
    files,
    bytes,
    inode,
    storedBytes: written.own.bytes,
    storedInodes: written.own.inodes,
    resumedBytes: written.resumedBytes,
    fetchedBytes: bytes - written.linkedBytes,
    fetchedFiles: files - written.linked,
  };
}

/** Whether what is to be healed still stands there as it was published. */
async function heals({ heal, cache, dataset, version }: FillRequest): Promise<boolean> {
  if (!heal) return false;
  const found = await cache.find(dataset, version.version, partOf(version));
  return isReady(found, { ...version, datasetId: dataset.id });
}

/** Whole files are never changed in place: others may share them. A crash right after leaves staging to go on with. */
async function makeWay(cache: string, path: string): Promise<void> {
  await moveToTrash(cache, path);
  await moveToTrash(cache, `${path}.json`);
}
