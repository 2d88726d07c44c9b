import type { FileSort } from '../../api/schemas.ts';
import { orderOf } from './order.ts';
import { fold, type VersionIndex } from './versionIndex.ts';

export interface SearchRequest {
  /** '' or ending with '/': only below it, and what is searched begins behind it. */
  prefix: string;
  /** Words that must all be there, in any order. */
  search: string;
  sort: FileSort;
}

/** What is searched for, in the form in which paths are compared. */
export const wordsOf = (search: string): string[] => fold(search).split(/\s+/).filter(Boolean);

/** Rows of the index that are found, in the order asked for; 600,000 paths take some hundredths of a second. */
export function searchIndex(index: VersionIndex, { prefix, search, sort }: SearchRequest): Uint32Array {
  const words = wordsOf(search);
  const [first, ...rest] = words.sort((a, b) => b.length - a.length).map((word) => Buffer.from(word));
  const all = bufferOf(index.folded);
  const { foldedStarts: starts } = index;
  const [begin, end] = prefix === '' ? [0, index.count] : rowsBelow(index, prefix);
  const skipped = prefix === '' ? 0 : Buffer.byteLength(fold(prefix));
  const found: number[] = [];
  for (let row = begin; row < end; row++) {
    const begins = (starts[row] ?? 0) + skipped;
    const at = first ? all.indexOf(first, begins) : begins;
    if (at < 0) break;
    row = rowAt(starts, at, row, end);
    if (row >= end) break;
    const from = (starts[row] ?? 0) + skipped;
    // A hit in what all have in common, the folder, is none.
    if (at < from) row--;
    else if (rest.every((word) => holds(all, word, from, starts[row + 1] ?? 0))) found.push(row);
  }
  return sorted(index, Uint32Array.from(found), sort);
}

function holds(all: Buffer, word: Buffer, from: number, until: number): boolean {
  const at = all.subarray(from, until).indexOf(word);
  return at >= 0;
}

function sorted(index: VersionIndex, found: Uint32Array, sort: FileSort): Uint32Array {
  if (sort === 'name') return found;
  if (sort === '-name') return found.reverse();
  const column = (values: ArrayLike<number>) => () => Float64Array.from(found, (row) => values[row] ?? 0);
  const { sizes, mtimes, types } = index;
  const order = orderOf(
    { count: found.length, sizes: column(sizes), mtimes: column(mtimes), types: column(types) },
    sort,
  );
  return order ? order.map((at) => found[at] ?? 0) : found;
}

/** The row in which byte `at` lies, from `low` on. */
function rowAt(starts: Uint32Array, at: number, low: number, high: number): number {
  // Mostly the next ones: steps that double, then halves.
  let step = 1;
  let from = low;
  while (from + step <= high && (starts[from + step] ?? Number.POSITIVE_INFINITY) <= at) {
    from += step;
    step *= 2;
  }
  let until = Math.min(high, from + step);
  while (until - from > 1) {
    const middle = (from + until) >>> 1;
    if ((starts[middle] ?? 0) <= at) from = middle;
    else until = middle;
  }
  return (starts[until] ?? Number.POSITIVE_INFINITY) <= at ? until : from;
}

/** First row of the paths that begin with `prefix`, and the one behind them. */
function rowsBelow(index: VersionIndex, prefix: string): [number, number] {
  const bytes = Buffer.from(prefix);
  const all = bufferOf(index.paths);
  const compare = (row: number) => {
    const start = index.starts[row] ?? 0;
    const end = Math.min(start + bytes.length, (index.starts[row + 1] ?? 0) - 1);
    return Buffer.compare(all.subarray(start, end), bytes);
  };
  const firstWhere = (is: (row: number) => boolean) => {
    let [low, high] = [0, index.count];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (is(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return [firstWhere((row) => compare(row) >= 0), firstWhere((row) => compare(row) > 0)];
}

const bufferOf = ({ buffer, byteOffset, length }: Uint8Array) => Buffer.from(buffer, byteOffset, length);
