import { fileType } from '../../api/fileType.ts';
import type { FileSort } from '../../api/schemas.ts';

/** What rows are sorted by, a column each, in the order of their paths. */
export interface SortColumns {
  count: number;
  /** Bytes. */
  sizes: () => ArrayLike<number>;
  /** Milliseconds since 1970. */
  mtimes: () => ArrayLike<number>;
  /** The place of each row's type among all types. */
  types: () => ArrayLike<number>;
}

/**
 * Positions of rows in the order asked for. Equal ones stay in the order of their paths, whichever way round. Null: as
 * they are, which is by name.
 */
export function orderOf(columns: SortColumns, sort: FileSort): Uint32Array | null {
  const down = sort.startsWith('-');
  const by = down ? sort.slice(1) : sort;
  if (by === 'name') return down ? positions(columns.count).reverse() : null;
  const keys = by === 'type' ? columns.types() : by === 'size' ? columns.sizes() : columns.mtimes();
  return sortedBy(keys, columns.count, down);
}

/**
 * Keys, whole numbers, are sorted with their row behind them as one number: without a function that compares, sorting takes
 * a fifth of the time. Where that needs more than 53 bits they are compared.
 */
function sortedBy(keys: ArrayLike<number>, count: number, down: boolean): Uint32Array {
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count; row++) {
    const key = keys[row] ?? 0;
    if (key < least) least = key;
    if (key > most) most = key;
  }
  const width = 2 ** Math.ceil(Math.log2(count + 1));
  const place = (row: number) => (down ? most - (keys[row] ?? 0) : (keys[row] ?? 0) - least);
  if ((most - least + 1) * width > Number.MAX_SAFE_INTEGER) {
    return positions(count).sort((a, b) => place(a) - place(b));
  }
  const packed = new Float64Array(count);
  for (let row = 0; row < count; row++) packed[row] = place(row) * width + row;
  return Uint32Array.from(packed.sort(), (each) => each % width);
}

/** The place of each path's type among all of theirs. */
export function typePlaces(paths: readonly string[]): Uint32Array {
  const types = paths.map(fileType);
  const places = new Map([...new Set(types)].sort().map((type, place) => [type, place]));
  return Uint32Array.from(types, (type) => places.get(type) ?? 0);
}

function positions(count: number): Uint32Array {
  const all = new Uint32Array(count);
  for (let at = 0; at < count; at++) all[at] = at;
  return all;
}
