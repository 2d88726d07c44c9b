import type { Placement } from '@forebay/core/api/schemas';
import { untilNextAge } from '@forebay/core/api/text/moment';
import { formatDuration } from '@forebay/core/api/text/units';

const minute = 60_000;
const hour = 60 * minute;

/** Milliseconds until a placement ages out; undefined for one that stays. */
function leftOf({ state, pinned, leases, expires }: Placement, now: number): number | undefined {
  if (state !== 'ready' || pinned || leases > 0 || expires === null) return undefined;
  return Math.max(0, Date.parse(expires) - now);
}

/** Counts in hours, then in minutes, then in seconds: how often what is said changes. */
const unitOf = (left: number) => (left >= hour ? hour : left >= minute ? minute : 1000);

/** '22 h left', '14 min left', '45 s left', 'ages out now'; '' for what stays. */
export function countdownOf(placement: Placement, now: number): string {
  const left = leftOf(placement, now);
  if (left === undefined) return '';
  const unit = unitOf(left);
  const seconds = (Math.floor(left / unit) * unit) / 1000;
  return seconds === 0 ? 'ages out now' : `${formatDuration(seconds)} left`;
}

/** Milliseconds until what is said of one of these changes: its countdown, or when it was used last; undefined of none. */
export function nextCount(placements: readonly Placement[], now: number): number | undefined {
  const waits = placements.flatMap((placement) => {
    const left = leftOf(placement, now);
    const count = left ? [(left % unitOf(left)) + 1] : [];
    return [...count, untilNextAge(placement.lastUsed, now)];
  });
  return waits.length === 0 ? undefined : Math.min(...waits);
}
