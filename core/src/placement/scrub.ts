export interface Scrubbable {
  id: string;
  state: string;
  /** Milliseconds since 1970. */
  verified: number;
  damage: string | null;
}

/** A pass begins when this much of its time has gone by: slow disks and busy machines need the rest. */
const early = 0.75;

/** When a placement is to be read again, milliseconds since 1970. */
export function scrubDue(verified: number, everySeconds: number): number {
  return verified + everySeconds * 1000 * early;
}

/** Which placement to read next: the one that was verified longest ago, if it is due. */
export function nextToScrub<T extends Scrubbable>(
  placements: readonly T[],
  everySeconds: number,
  now: number,
): T | undefined {
  if (everySeconds === 0) return undefined;
  return placements
    .filter(({ state, damage }) => state === 'ready' && damage === null)
    .filter(({ verified }) => scrubDue(verified, everySeconds) <= now)
    .sort((a, b) => a.verified - b.verified)[0];
}
