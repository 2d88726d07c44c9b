import type { Placement } from '../../src/api/schemas.ts';

/** What would age out at the next round if caches kept it no longer than this. `now` in milliseconds. */
export function agesOutAtOnce(
  placements: readonly Placement[],
  ttlSeconds: number,
  now: number,
): Placement[] {
  return placements.filter(
    ({ state, pinned, leases, lastUsed }) =>
      state === 'ready' && !pinned && leases === 0 && Date.parse(lastUsed) + ttlSeconds * 1000 <= now,
  );
}
