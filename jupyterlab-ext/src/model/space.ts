import type { CacheStore } from '@forebay/core/api/schemas';
import { formatBytes } from '@forebay/core/api/units';

export interface Space {
  /** Parts of the capacity between 0 and 1. */
  used: number;
  reserved: number;
  /** Bytes. */
  capacity: number;
  sentence: string;
}

export function spaceOf(cache: CacheStore): Space {
  const { used, reserved, free, capacity } = cache;
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
