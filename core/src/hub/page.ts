import { ForebayError } from '../api/index.ts';

export interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

/**
 * One page of `items`, which must be in the order of `keyOf`; the cursor is the last key that was given out,
 * so that what is added or removed meanwhile shifts nothing.
 */
export function pageOf<T, K extends string | number>(
  items: readonly T[],
  keyOf: (item: T) => K,
  query: PageQuery,
  compare: (a: K, b: K) => number = (a, b) => (a < b ? -1 : a > b ? 1 : 0),
): { items: T[]; next: string | null } {
  const after = query.cursor === undefined ? undefined : decode<K>(query.cursor);
  const start = after === undefined ? 0 : items.findIndex((item) => compare(keyOf(item), after) > 0);
  const found = start < 0 ? [] : items.slice(start, start + query.limit);
  const last = found.at(-1);
  const more = start >= 0 && start + found.length < items.length;
  return { items: found, next: more && last !== undefined ? encode(keyOf(last)) : null };
}

function encode(key: string | number): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

function decode<K>(cursor: string): K {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof key === 'string' || typeof key === 'number') return key as K;
  } catch {
    // Not ours: said below.
  }
  throw new ForebayError(
    'bad-request',
    `'${cursor}' is not a cursor of this list.`,
    'Read the first page again.',
  );
}
