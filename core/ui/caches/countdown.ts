import type { Placement } from '../../src/api/schemas.ts';
import { coarse } from './sayStats.ts';

/** '22 h', 'soon', 'pinned', 'in use'; '' where nothing is to age out. `now` in milliseconds. */
export function countdownOf({ state, pinned, leases, expires }: Placement, now: number): string {
  if (state !== 'ready') return '';
  if (pinned) return 'pinned';
  if (leases > 0) return 'in use';
  if (expires === null) return '';
  const seconds = (Date.parse(expires) - now) / 1000;
  return seconds < 60 ? 'soon' : `in ${coarse(seconds)}`;
}
