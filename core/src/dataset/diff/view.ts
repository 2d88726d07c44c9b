import type { ChangeKind, DiffTable } from './table.ts';

export interface DiffFilter {
  /** Kinds that are shown; none: all. */
  kinds: readonly ChangeKind[];
  /** Text that paths contain, whatever its case; '' for all. A moved file is found by either path. */
  search: string;
}

export type ChangeCounts = Record<Exclude<ChangeKind, 'left'>, number>;

export interface FolderRow {
  path: string;
  counts: ChangeCounts;
  /** Of what is shown below it, bytes before and after. */
  bytes: { before: number; after: number };
}

/** Rows of the table that a filter lets through, in path order. */
export function filterRows(table: DiffTable, { kinds, search }: DiffFilter): Uint32Array {
  const wanted = search.normalize('NFC').toLowerCase();
  const has = (row: number) => table.path(row).normalize('NFC').toLowerCase().includes(wanted);
  const rows = new Uint32Array(table.length);
  let length = 0;
  for (let row = 0; row < table.length; row++) {
    const is = table.is(row);
    if (is === 'left' || (kinds.length > 0 && !kinds.includes(is))) continue;
    if (wanted !== '' && !has(row) && !(is === 'moved' && has(table.from(row)))) continue;
    rows[length++] = row;
  }
  return rows.slice(0, length);
}

/** What lies directly in a folder: sub-folders first, then files. */
export interface FolderView {
  /** Positions in the filtered rows: where each sub-folder begins and ends. */
  folders: Uint32Array;
  /** Positions in the filtered rows. */
  files: Uint32Array;
}

const slash = 0x2f;

/** `prefix`: '' or ending with '/'. */
export function viewFolder(table: DiffTable, rows: Uint32Array, prefix: string): FolderView {
  const start = Buffer.from(prefix);
  const [from, to] = rangeOf(table, rows, start);
  const folders: number[] = [];
  const files: number[] = [];
  for (let at = from; at < to; ) {
    const path = table.pathBytes(rows[at] as number);
    const end = path.indexOf(slash, start.length);
    if (end < 0) {
      files.push(at++);
      continue;
    }
    const next = firstAt(table, rows, after(path.subarray(0, end + 1)), at, to);
    folders.push(at, next);
    at = next;
  }
  return { folders: Uint32Array.from(folders), files: Uint32Array.from(files) };
}

/** The sub-folder whose rows are from `from` to `to`; `depth` is the length of the folder's prefix in bytes. */
export function folderRow(
  table: DiffTable,
  rows: Uint32Array,
  prefix: string,
  [from, to]: [number, number],
): FolderRow {
  const first = table.pathBytes(rows[from] as number);
  const path = first.toString('utf8', 0, first.indexOf(slash, Buffer.byteLength(prefix)));
  return { path, ...countRows(table, rows, from, to) };
}

/** Counts and bytes of filtered rows. */
export function countRows(
  table: DiffTable,
  rows: Uint32Array,
  from = 0,
  to = rows.length,
): Pick<FolderRow, 'counts' | 'bytes'> {
  const counts: ChangeCounts = { added: 0, changed: 0, removed: 0, moved: 0 };
  const bytes = { before: 0, after: 0 };
  for (let at = from; at < to; at++) {
    const row = rows[at] as number;
    const is = table.is(row) as keyof ChangeCounts;
    const size = table.bytes(row);
    counts[is]++;
    bytes.before += is === 'moved' ? size.after : size.before;
    bytes.after += size.after;
  }
  return { counts, bytes };
}

function rangeOf(table: DiffTable, rows: Uint32Array, prefix: Buffer): [number, number] {
  if (prefix.length === 0) return [0, rows.length];
  const from = firstAt(table, rows, prefix, 0, rows.length);
  return [from, firstAt(table, rows, after(prefix), from, rows.length)];
}

/** What comes right after all paths that begin with `prefix`, which ends with '/'. */
function after(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix);
  next[next.length - 1] = slash + 1;
  return next;
}

function firstAt(table: DiffTable, rows: Uint32Array, path: Buffer, low: number, high: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (table.pathBytes(rows[middle] as number).compare(path) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}
