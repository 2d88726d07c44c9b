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

/** What could not be evicted (its bytes are not all in the lake, say) is tried again after this long, milliseconds. */
const tryAgain = 3_600_000;

/** The rounds in which what has not been used for long is cleared. */
export class AgeOut {
  readonly #hub: HubContext;
  readonly #tried = new Map<string, number>();
  #before: Moment | undefined;

  constructor(hub: HubContext) {
    this.#hub = hub;
  }

  /** Evicts nothing right after a start, after a jump of the clock, and in the quiet time of a rebuilt database. */
  async round(): Promise<void> {
    const { clock, db, quietUntil } = this.#hub;
    const before = this.#before;
    const moment = { now: clock.now(), monotonic: clock.monotonic() };
    this.#before = moment;
    if (!before || clockJumped(before, moment) || moment.now < quietUntil) return;
    for (const { id } of agedOut(await selectPlacements(db).execute(), moment.now)) {
      const tried = this.#tried.get(id);
      if (tried !== undefined && moment.monotonic - tried < tryAgain) continue;
      this.#tried.set(id, moment.monotonic);
      // Leased or gone since we looked: then it stays, or is no more.
      await evictPlacement(this.#hub, id, 'aged-out').catch(() => {});
    }
  }
}
