import { ForebayError } from '../api/errors.ts';
import type { FileEntry } from '../api/schemas.ts';
import type { Lake } from '../lake/lake.ts';
import { listed } from './listing.ts';
import { findEntry, readEntries } from './manifest/read.ts';

/** What is at a path of a version: a page or two are read, however large it is. Throws `path-unknown`. */
export async function readPath(
  lake: Lake,
  datasetId: string,
  root: string,
  path: string,
): Promise<FileEntry> {
  const wanted = path.replace(/\/+$/, '');
  const entry = await findEntry(lake, datasetId, root, wanted);
  if (entry) return { ...listed(entry), path: wanted };
  for await (const _ of readEntries(lake, datasetId, root, { prefix: `${wanted}/` })) {
    return { path: wanted, kind: 'folder', size: 0 };
  }
  throw new ForebayError('path-unknown', `'${wanted}' isn't there in this version.`);
}
