import { ForebayError } from '../../api/errors.ts';
import { formatImportSource, type ImportSource } from '../../api/importSource.ts';
import type { S3Store } from '../../lake/external/s3Store.ts';
import type { Control } from '../progress.ts';
import { SortedObjects } from './sortedObjects.ts';
import { pathProblem, type Unfit } from './unfit.ts';

/**
 * Everything under the prefix that can be a file. What only marks a folder (no bytes, a key that ends in `/`) is left
 * out: in S3 folders are made of their files. Throws `source-unknown` where there is nothing, and `lake-*`.
 */
export async function listObjects(
  store: S3Store,
  source: ImportSource,
  unfit: Unfit,
  { signal, report }: Control,
): Promise<SortedObjects> {
  const { bucket, prefix } = source;
  const objects = new SortedObjects();
  let [files, bytes] = [0, 0];
  try {
    for await (const page of store.list(bucket, prefix, { signal })) {
      for (const { key, etag, versionId, size, modified, garbled } of page) {
        const path = key.slice(prefix.length);
        if (size === 0 && (path === '' || path.endsWith('/'))) continue;
        const problem = garbled
          ? "has characters that the store's list can't tell"
          : pathProblem(path === '' ? '/' : path);
        if (problem !== undefined) {
          unfit.add(key, problem);
          continue;
        }
        const full = objects.add({ path, etag, versionId, size, modified });
        if (full) await full;
        files++;
        bytes += size;
      }
      report({ phase: 'listing', files, filesTotal: null, bytes, bytesTotal: null });
    }
    if (files + unfit.count === 0) throw nothingThere(source);
    return objects;
  } catch (error) {
    await objects.close();
    throw error;
  }
}

function nothingThere(source: ImportSource): ForebayError {
  return new ForebayError(
    'source-unknown',
    `There is no object under ${formatImportSource(source)}.`,
    'Check bucket and prefix; a prefix is taken as a folder, up to a slash.',
  );
}
