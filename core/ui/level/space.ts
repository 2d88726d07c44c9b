import type { CacheStore, Placement } from '../../src/api/schemas.ts';
import { formatBytes } from '../../src/api/text/units.ts';

export interface Space {
  /** Parts of the capacity between 0 and 1. */
  used: number;
  reserved: number;
  /** Bytes. */
  capacity: number;
  sentence: string;
}

/** The names of the caches with a fill under way. */
export function cachesFilling(placements: readonly Placement[]): ReadonlySet<string> {
  return new Set(placements.filter((one) => one.state === 'filling').map((one) => one.cache));
}

/** What is reserved counts while a fill is under way only: what a failed one left is no news. */
export function spaceOf(cache: CacheStore, filling: boolean): Space {
  const { used, free, capacity } = cache;
  const reserved = filling ? cache.reserved : 0;
  const whole = Math.max(capacity, used + reserved, 1);
  return {
    used: used / whole,
    reserved: reserved / whole,
    capacity,
    sentence: [
      `${formatBytes(used)} used`,
      ...(reserved > 0 ? [`${formatBytes(reserved)} reserved`] : []),
      `${formatBytes(free)} free`,
      `capacity ${formatBytes(capacity)}`,
    ].join(', '),
  };
}
