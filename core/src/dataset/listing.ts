import { setImmediate } from 'node:timers/promises';
import { ForebayError } from '../api/errors.ts';
import type { FileSort, FileEntry as ListedEntry, Selection } from '../api/schemas.ts';
import type { Lake } from '../lake/lake.ts';
import type { Entry } from './entry.ts';
import { readFolder } from './listing/recentFolders.ts';
import { readLeaves } from './manifest/read.ts';
import { prefixWithin, selecting } from './selection.ts';

export interface ListOptions {
  /** Within the version; '' for the top. */
  folder: string;
  /** Only paths below the folder that contain this, whatever its case. */
  search?: string | undefined;
  /** Files below sub-folders instead of sub-folders. */
  recursive?: boolean | undefined;
  /** Only what is in this part; of sub-folders, what they have of it. */
  selection?: Selection | null | undefined;
  cursor?: string | undefined;
  /** Of a folder, instead of a cursor: rows before the page. */
  offset?: number | undefined;
  /** Of a folder: from the first row whose name begins with this, whatever its case. */
  begins?: string | undefined;
  limit: number;
  /** Of a folder; by name if not given. */
  sort?: FileSort | undefined;
  /** Of a folder by name: what is known so far, soon, rather than all later. */
  partial?: boolean | undefined;
}

export interface ListedPage {
  items: ListedEntry[];
  next: string | null;
  /** Rows of all pages, where they are known: of a folder. */
  total?: number;
  /** Whether the folder is read to its end; if not, `total` is what it has at most. */
  complete?: boolean;
  /** Rows before the page, where it was asked for by `begins`. */
  offset?: number;
}

/** Milliseconds that one who asks for what is known so far waits for the whole folder. */
const patience = 25;
/** And for the rows that were asked for. */
const rowsPatience = 2000;

/** A page of what a folder of a version holds: sub-folders with their counts first, or everything below in path order. */
export async function listFolder(
  lake: Lake,
  datasetId: string,
  root: string,
  options: ListOptions,
): Promise<ListedPage> {
  const folder = options.folder.replace(/\/+$/, '');
  const prefix = folder === '' ? '' : `${folder}/`;
  if (options.search || options.recursive) return listBelow(lake, datasetId, root, prefix, options);
  const selection = options.selection ?? null;
  const reader = readFolder({ lake, datasetId, root, prefix, selection });
  const { sort = 'name', limit } = options;
  let start = options.offset ?? cursorNumber(options.cursor);
  if (options.partial && options.begins === undefined && sort === 'name') {
    await reader.until(Number.POSITIVE_INFINITY, patience);
    await reader.until(start + limit, rowsPatience);
  } else await reader.whole;
  const { complete, total } = reader;
  if (complete && total === 0 && prefix !== '' && selection === null) {
    throw new ForebayError(
      'path-unknown',
      `There is no folder '${folder}' in this version.`,
      'To see what is there, list the folder above it.',
    );
  }
  if (options.begins !== undefined) {
    const first = reader.view.find(options.begins, sort);
    if (first === undefined) return { items: [], next: null, total, complete };
    start = first;
  }
  const end = start + limit;
  const items = reader.slice(start, end, sort);
  const at = options.begins === undefined ? {} : { offset: start };
  return { items, next: end < total ? String(end) : null, total, complete, ...at };
}

/** The cursor is the last path that was given. */
async function listBelow(
  lake: Lake,
  datasetId: string,
  root: string,
  prefix: string,
  { search, selection, cursor, limit }: ListOptions,
): Promise<ListedPage> {
  const wanted = search?.normalize('NFC').toLowerCase();
  const matches = (path: string) =>
    wanted === undefined || path.slice(prefix.length).normalize('NFC').toLowerCase().includes(wanted);
  const selects = selection ? selecting(selection) : () => true;
  const toRead = prefixWithin(prefix, selection);
  const items: ListedEntry[] = [];
  for await (const entries of readLeaves(lake, datasetId, root, { prefix: toRead, from: cursor })) {
    for (const entry of entries) {
      if (entry.path === cursor || !matches(entry.path) || !selects(entry)) continue;
      if (items.length === limit) return { items, next: items.at(-1)?.path ?? null };
      items.push(listed(entry));
    }
    // Much may be passed over before something is found, in a thread that answers others.
    await setImmediate();
  }
  return { items, next: null };
}

export function listed(entry: Entry): ListedEntry {
  const { path, kind } = entry;
  switch (entry.kind) {
    case 'folder':
      return { path, kind, size: 0, files: 0 };
    case 'link':
      return { path, kind, size: 0, target: entry.target };
    case 'file': {
      const { size, executable, sha256 } = entry;
      const mtime = new Date(entry.mtime).toISOString();
      return { path, kind, size, executable, mtime, ...(sha256 === null ? {} : { sha256 }) };
    }
  }
}

function cursorNumber(cursor: string | undefined): number {
  const number = Number(cursor ?? 0);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new ForebayError('bad-request', `'${cursor}' is no cursor of this list.`);
}
