import { type FileSort, type FilesPage, ForebayError } from '../../api/index.ts';
import { searchIndex } from '../../dataset/listing/searchIndex.ts';
import { entryAt, type VersionIndex } from '../../dataset/listing/versionIndex.ts';
import type { HubContext } from '../context.ts';
import type { FoundVersion } from '../lake/catalog.ts';
import { surveysOf } from './surveys.ts';

export interface VersionSearch {
  folder: string;
  search: string;
  sort: FileSort;
  offset?: number | undefined;
  limit: number;
}

/** Milliseconds that a first search waits for the paths to be read. */
const patience = 400;
/** Results are kept for paging: of one index, the newest. */
const kept = 4;
const results = new WeakMap<VersionIndex, Map<string, Uint32Array>>();

/**
 * A page of what is found below a folder; while the version's paths are being read none, and how far that is. Throws
 * `bad-request` where too much is found.
 */
export async function searchVersion(
  hub: HubContext,
  found: FoundVersion,
  request: VersionSearch,
): Promise<FilesPage> {
  const surveys = surveysOf(hub);
  const prefix = request.folder === '' ? '' : `${request.folder.replace(/\/+$/, '')}/`;
  const whole = await surveys.index(found, patience);
  // Of too many paths those that are found may be few.
  const only = whole === null ? { prefix, search: request.search } : undefined;
  const index = only ? await surveys.index(found, patience, only) : whole;
  if (index === undefined) {
    return { items: [], next: null, total: 0, complete: false, read: surveys.read(found, only) };
  }
  if (index === null) {
    throw new ForebayError(
      'bad-request',
      `'${request.search}' is in too many paths to list them.`,
      'Write more of the name, or search in a folder.',
    );
  }
  const rows = foundRows(index, prefix, request);
  const { offset = 0, limit } = request;
  const items = Array.from(rows.subarray(offset, offset + limit), (row) => entryAt(index, row));
  return { items, next: null, total: rows.length, complete: true };
}

function foundRows(index: VersionIndex, prefix: string, { search, sort }: VersionSearch): Uint32Array {
  const ofIndex = results.get(index) ?? new Map<string, Uint32Array>();
  results.set(index, ofIndex);
  const key = JSON.stringify([prefix, search, sort]);
  const rows = ofIndex.get(key) ?? searchIndex(index, { prefix, search, sort });
  ofIndex.delete(key);
  ofIndex.set(key, rows);
  const [oldest] = ofIndex.keys();
  if (ofIndex.size > kept && oldest !== undefined) ofIndex.delete(oldest);
  return rows;
}
