import type { Tag } from '../../tags.ts';
import type { Row } from './database.ts';

export const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : String(value);

/** Rows with a key (or name) and a value. */
export const pairsOf = (rows: readonly Row[], key = 'key', value = 'value'): Tag[] =>
  rows.map((row) => ({ key: textOf(row[key]), value: textOf(row[value]) }));
