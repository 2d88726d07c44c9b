import type { Counts } from '../../src/api/schemas.ts';

export interface BarRow {
  name: string;
  files: number;
  /** In those files. */
  bytes: number;
  /** How many of the files lie in each of several folders. */
  perFolder?: readonly number[];
  /** A folder that can be opened. */
  path?: string;
}

/** Bars that are shown before somebody asks for all. */
export const barsMost = 24;

/** Classes from many files to few. */
export function classRows({ folders, items }: NonNullable<Counts['classes']>): BarRow[] {
  const [only] = folders;
  const rows = items.map((item) =>
    folders.length === 1 ? { ...item, path: only ? `${only}/${item.name}` : item.name } : item,
  );
  return rows.sort((a, b) => b.files - a.files);
}

/** How uneven: the largest class beside the smallest, as '2.4 times'; empty where that says nothing. */
export function imbalance(rows: readonly BarRow[]): string {
  const counts = rows.map(({ files }) => files);
  const [most, least] = [Math.max(...counts), Math.min(...counts)];
  if (rows.length < 2 || least === 0) return '';
  const times = most / least;
  return times < 1.05
    ? 'All are about as large.'
    : `The largest is ${times.toFixed(times < 10 ? 1 : 0)} times the smallest.`;
}

export const typeRows = (types: Counts['types']): BarRow[] =>
  types.map(({ type, ...counted }) => ({
    name: type === '*' ? 'others' : type === '' ? 'without an ending' : type,
    ...counted,
  }));

export const folderRows = (top: Counts['top']): BarRow[] =>
  [...top].sort((a, b) => b.files - a.files).map((each) => ({ name: each.path, ...each }));
