import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { randomName } from '../../dataset/names.ts';
import type { Control } from '../../dataset/progress.ts';
import { layout } from '../layout.ts';
import { measureTree } from '../measure.ts';
import { isReady, type PlacementRecord, partOf, writeRecord } from '../record.ts';
import { emptyTrash, moveToTrash, trashPatience } from '../trash.ts';
import { verifyPlacement } from '../verify.ts';
import type { FilledVersion, FillRequest } from './fillRequest.ts';

/**
 * What stands whole under the version's name, though whoever asked didn't know of it (a rebuilt database):
 * proved again by hashing every byte, never assumed. Anything less goes to the trash.
 */
export async function adoptVersion(
  request: FillRequest,
  control: Control,
): Promise<FilledVersion | undefined> {
  const { cache, dataset, version } = request;
  const found = await cache.find(dataset, version.version, partOf(version));
  const { inode, record, path } = found;
  if (inode !== null && record !== null) {
    if (
      isReady(found, { ...version, datasetId: dataset.id }) &&
      (await verifyPlacement(request, control)).ok
    ) {
      await renewRecord(cache.path, path, { ...record, fill: request.fillId });
      const { bytes: storedBytes, inodes: storedInodes } = await measureTree(path, control.signal);
      const { files, bytes } = record;
      const nothing = { resumedBytes: 0, fetchedBytes: 0, fetchedFiles: 0 };
      return { path, inode, files, bytes, storedBytes, storedInodes, ...nothing };
    }
  }
  await moveToTrash(cache.path, path);
  await moveToTrash(cache.path, `${path}.json`);
  await emptyTrash(cache.path, control.signal, await trashPatience(cache.path));
  return undefined;
}

/** Every byte was hashed just now. The fill that is named is how its owner knows it. */
export async function renewRecord(cache: string, path: string, record: PlacementRecord): Promise<void> {
  await mkdir(layout.trash(cache), { recursive: true });
  // A crash leaves it where it is deleted anyway.
  const next = join(layout.trash(cache), randomName());
  await writeRecord(next, { ...record, verified: new Date().toISOString() });
  await rename(next, `${path}.json`);
}
