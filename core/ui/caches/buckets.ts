import type { HistoryEntry } from '../../src/api/schemas.ts';

export interface Bucket {
  /** Milliseconds since 1970. */
  from: number;
  to: number;
  filled: number;
  cleared: number;
  failures: number;
}

/** Bytes that came and went, in so many equal spans from the oldest entry to `now` (milliseconds since 1970). */
export function bucketsOf(entries: readonly HistoryEntry[], now: number, count: number): Bucket[] {
  const times = entries.map(({ time }) => Date.parse(time));
  const begin = Math.min(...times, now - 60_000);
  const span = (now - begin) / count || 1;
  const buckets = Array.from({ length: count }, (_, at) => ({
    from: begin + at * span,
    to: begin + (at + 1) * span,
    filled: 0,
    cleared: 0,
    failures: 0,
  }));
  entries.forEach((entry, at) => {
    const bucket = buckets[Math.min(count - 1, Math.max(0, Math.floor(((times[at] ?? now) - begin) / span)))];
    if (!bucket) return;
    if (entry.outcome !== 'done') bucket.failures += 1;
    else if (entry.kind === 'fill') bucket.filled += entry.bytes;
    else bucket.cleared += entry.bytes;
  });
  return buckets;
}
