import type { HubContext } from '../context.ts';
import { evictPlacement } from './evict.ts';
import { type PlacedRow, selectPlacements } from './holdings.ts';
import { expiryOf } from './view.ts';

/** What a clock showed at one moment: milliseconds since 1970, and of a clock that never jumps. */
export interface Moment {
  now: number;
  monotonic: number;
}

/** A minute is far above what a clock drifts between two rounds, and far below a day. */
const largestDrift = 60_000;

/** Whether the wall clock moved otherwise than time did: a correction, or a machine that slept. */
export function clockJumped(before: Moment, after: Moment): boolean {
  return Math.abs(after.now - before.now - (after.monotonic - before.monotonic)) > largestDrift;
}

/** Which placements have not been used for their cache's time to live. */
export function agedOut(rows: readonly PlacedRow[], now: number): PlacedRow[] {
  return rows.filter((row) => {
    const expires = expiryOf(row);
    return expires !== null && expires <= now;
  });
}

/** One round; evicts nothing right after a start, after a jump of the clock, and in the quiet time. */
export async function ageOutRound(hub: HubContext, before: Moment | undefined): Promise<Moment> {
  const moment = { now: hub.clock.now(), monotonic: hub.clock.monotonic() };
  if (!before || clockJumped(before, moment) || moment.now < hub.quietUntil) return moment;
  for (const row of agedOut(await selectPlacements(hub.db).execute(), moment.now)) {
    // Leased or gone since we looked: then it stays, or is no more.
    await evictPlacement(hub, row.id).catch(() => {});
  }
  return moment;
}
