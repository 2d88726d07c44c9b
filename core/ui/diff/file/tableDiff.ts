import Papa from 'papaparse';

export interface Table {
  columns: string[];
  rows: string[][];
}

/** Rows of one side that are compared. */
export const rowsMost = 100_000;

/** The first row names the columns; one that is named twice, or not at all, gets its place as a name. */
export function readTable(text: string, delimiter = ''): Table {
  const lines = text.replace(/\r\n?/g, '\n');
  const { data } = Papa.parse<string[]>(lines, {
    delimiter,
    skipEmptyLines: 'greedy',
    preview: rowsMost + 1,
  });
  const [head = [], ...rows] = data;
  const seen = new Set<string>();
  const columns = head.map((name, at) => {
    const unique = name === '' || seen.has(name) ? `${name || 'column'} (${at + 1})` : name;
    seen.add(unique);
    return unique;
  });
  return { columns, rows };
}

export interface Cell {
  before: string | undefined;
  after: string | undefined;
}

export interface TableRow {
  kind: 'added' | 'removed' | 'changed';
  /** In the key column, or the row's number. */
  key: string;
  /** By column of the result. */
  cells: Cell[];
}

export interface TableDiff {
  columns: { name: string; kind: 'same' | 'added' | 'removed' }[];
  rows: TableRow[];
  counts: { added: number; removed: number; changed: number; same: number };
}

/**
 * Columns that tell rows apart on both sides (no value twice, none empty) and share values: the best first. Names that
 * say so come before others.
 */
export function keyColumns(before: Table, after: Table): string[] {
  const candidates = before.columns.filter((name) => after.columns.includes(name));
  const rated = candidates.flatMap((name, place) => {
    const [old, now] = [valuesOf(before, name), valuesOf(after, name)];
    if (!old || !now) return [];
    let shared = 0;
    for (const value of now) if (old.has(value)) shared++;
    const share = shared / Math.max(1, Math.min(old.size, now.size));
    if (share < 0.3) return [];
    const named = /(^|[ _-])(id|key|index|path|file|filename|name|image)([ _-]|$)/i.test(name);
    return [{ name, rate: share + (named ? 1 : 0) - place / 1000 }];
  });
  return rated.sort((a, b) => b.rate - a.rate).map(({ name }) => name);
}

/** Undefined where a value comes twice or is missing. */
function valuesOf({ columns, rows }: Table, name: string): Set<string> | undefined {
  const at = columns.indexOf(name);
  const values = new Set<string>();
  for (const row of rows) {
    const value = row[at] ?? '';
    if (value === '' || values.has(value)) return undefined;
    values.add(value);
  }
  return values.size === 0 ? undefined : values;
}

/** Rows are the same row where their key is; without a key ('') where they stand at the same place. */
export function diffTables(before: Table, after: Table, key: string): TableDiff {
  const columns = mergeColumns(before.columns, after.columns);
  const places = columns.map(
    ({ name }) => [before.columns.indexOf(name), after.columns.indexOf(name)] as const,
  );
  const keyOf = ({ columns: names }: Table) => {
    const at = names.indexOf(key);
    return (row: string[], nth: number) => (at < 0 ? String(nth + 1) : (row[at] ?? ''));
  };
  const [keyBefore, keyAfter] = [keyOf(before), keyOf(after)];
  const old = new Map(before.rows.map((row, nth) => [keyBefore(row, nth), row]));
  const counts = { added: 0, removed: 0, changed: 0, same: 0 };
  const rows: TableRow[] = [];
  const add = (id: string, was: string[] | undefined, is: string[] | undefined) => {
    const cells = places.map(([left, right]) => ({
      before: was && left >= 0 ? (was[left] ?? '') : undefined,
      after: is && right >= 0 ? (is[right] ?? '') : undefined,
    }));
    const differs = cells.some(
      (cell, at) => columns[at]?.kind === 'same' && (cell.before ?? '') !== (cell.after ?? ''),
    );
    const kind = !was ? 'added' : !is ? 'removed' : differs ? 'changed' : undefined;
    counts[kind ?? 'same']++;
    if (kind) rows.push({ kind, key: id, cells });
  };
  const seen = new Set<string>();
  for (const [nth, row] of after.rows.entries()) {
    const id = keyAfter(row, nth);
    seen.add(id);
    add(id, old.get(id), row);
  }
  for (const [id, row] of old) if (!seen.has(id)) add(id, row, undefined);
  return { columns, rows, counts };
}

/** The later version's columns in their order, and the removed ones where they were. */
function mergeColumns(before: string[], after: string[]): TableDiff['columns'] {
  const columns: TableDiff['columns'] = after.map((name) => ({
    name,
    kind: before.includes(name) ? 'same' : 'added',
  }));
  for (const [at, name] of before.entries()) {
    if (after.includes(name)) continue;
    const previous = columns.findIndex((each) => each.name === before[at - 1]);
    columns.splice(previous + 1, 0, { name, kind: 'removed' });
  }
  return columns;
}
