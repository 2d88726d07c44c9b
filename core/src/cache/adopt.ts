import type { Control } from '../dataset/progress.ts';
import type { FilledVersion, FillRequest } from './fill.ts';
import { measureTree } from './measure.ts';
import { isReady } from './record.ts';
import { moveToTrash } from './trash.ts';
import { verifyPlacement } from './verify.ts';

/**
 * What stands whole under the version's name, though whoever asked didn't know of it (a rebuilt database):
 * proved again by hashing every byte, never assumed. Anything less goes to the trash.
 */
export async function adoptVersion(
  request: FillRequest,
  control: Control,
): Promise<FilledVersion | undefined> {
  const { cache, dataset, version } = request;
  const found = await cache.find(dataset, version.version);
  const { inode, record, path } = found;
  if (inode !== null && record !== null) {
    const wanted = { datasetId: dataset.id, version: version.version, digest: version.digest };
    if (isReady(found, wanted) && (await verifyPlacement(request, control)).ok) {
      const { bytes: storedBytes, inodes: storedInodes } = await measureTree(path, control.signal);
      return { path, inode, files: record.files, bytes: record.bytes, storedBytes, storedInodes };
    }
  }
  await moveToTrash(cache.path, path);
  await moveToTrash(cache.path, `${path}.json`);
  return undefined;
}
