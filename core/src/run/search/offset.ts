import { invalid } from '../error.ts';

/** A page's place in a list, as a token that clients hand back unread. */
export function readOffset(token: string | undefined): number {
  if (!token) return 0;
  try {
    const { offset } = JSON.parse(Buffer.from(token, 'base64').toString()) as { offset: unknown };
    if (Number.isSafeInteger(offset) && (offset as number) >= 0) return offset as number;
  } catch {
    // Not ours: said below.
  }
  throw invalid(`Invalid page token: '${token}'`);
}

/** What was found, one more than asked for where there is a next page. */
export function cut<T>(found: readonly T[], offset: number, limit: number): { items: T[]; next?: string } {
  const items = found.slice(0, limit);
  if (found.length <= limit) return { items };
  return { items, next: Buffer.from(JSON.stringify({ offset: offset + limit })).toString('base64') };
}

/** Throws `INVALID_PARAMETER_VALUE` for a number of results that can't be had. */
export function checkLimit(limit: number, most: number): void {
  if (limit >= 1 && limit <= most) return;
  throw invalid(
    `Invalid value ${limit} for parameter 'max_results' supplied. It must be a positive integer of at most ${most}.`,
  );
}
