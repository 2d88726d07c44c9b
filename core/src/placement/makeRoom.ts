import { noSpace } from './noSpace.ts';
import type { Rates } from './refill.ts';
import type { Need } from './room.ts';
import { type Holding, leavingOf, type Room, spaceOf, sumOf } from './room.ts';
import { type Scarce, type Worth, worthOf } from './worth.ts';

/** Who wants the room, and what is known of the cache. */
export interface Pressure {
  rates: Rates;
  /** False while it isn't known who uses what. */
  mayEvict: boolean;
  /** What the wanted version itself is worth, where nobody is waiting for it: then nothing worth more goes. */
  automatic?: Worth | undefined;
  /** The wanted version was pushed out not long ago: what is in turn is more than fits (see `order`). */
  returns?: boolean;
}

export interface Victim {
  holding: Holding;
  worth: Worth;
}

/** Values this close are a draw: uses are few, and rates are averages. */
const draw = 1.25;

/**
 * Which placements to evict so that `need` fits: those worth least, of which nobody leases or pinned any, and no more
 * of them than it takes. Throws `no-space`, saying what holds the room.
 */
export function makeRoom(room: Room, need: Need, pressure: Pressure): Victim[] {
  const { left } = spaceOf(room);
  const leaving = leavingOf(room);
  const short = (evicted: readonly Victim[]): Scarce | undefined => {
    const gone = sumOf(evicted.map((victim) => victim.holding));
    if (need.bytes > left.bytes + leaving.bytes + gone.bytes) return 'bytes';
    return need.inodes > left.inodes + leaving.inodes + gone.inodes ? 'inodes' : undefined;
  };
  const chosen: Victim[] = [];
  for (let scarce = short(chosen); scarce !== undefined; scarce = short(chosen)) {
    const next = pressure.mayEvict ? leastWorth(room, chosen, scarce, pressure) : undefined;
    if (!next) throw noSpace(room, need, chosen.length === 0 ? pressure.automatic : undefined);
    chosen.push(next);
  }
  return withoutNeedless(chosen, (victims) => short(victims) === undefined);
}

/** In the order in which they would go. */
export function evictionOrder(room: Room, rates: Rates): Victim[] {
  const order: Victim[] = [];
  for (;;) {
    const next = leastWorth(room, order, 'bytes', { rates, mayEvict: true });
    if (!next) return order;
    order.push(next);
  }
}

function leastWorth(
  room: Room,
  chosen: readonly Victim[],
  scarce: Scarce,
  { rates, automatic, returns }: Pressure,
): Victim | undefined {
  const candidates = room.holdings
    .filter((holding) => mayGo(holding) && takes(holding, scarce) > 0)
    .filter((holding) => !chosen.some((victim) => victim.holding.id === holding.id))
    .map((holding) => ({ holding, worth: worthOfHolding(holding, rates, scarce) }))
    .filter(({ worth }) => automatic === undefined || worth.value < automatic.value);
  const least = Math.min(...candidates.map(({ worth }) => worth.value));
  return candidates
    .filter(({ worth }) => worth.value <= least * draw)
    .sort((a, b) => order(a.holding, b.holding, returns === true))[0];
}

/**
 * Of those worth the same, who was used last is likeliest to be used next, until a version comes back that was just
 * pushed out: then more is in turn than fits (an epoch over many versions), where least recently used first would
 * push out each one right before its turn, and the one used last is farthest from its own.
 */
function order(a: Holding, b: Holding, returns: boolean): number {
  return returns ? b.lastUsed - a.lastUsed : a.lastUsed - b.lastUsed;
}

/** What a failed fill left, to be gone on with, is worth nothing beside what is whole. */
function mayGo({ state, leases, pinned }: Holding): boolean {
  return (state === 'ready' || state === 'failed') && leases === 0 && !pinned;
}

export function worthOfHolding(holding: Holding, rates: Rates, scarce: Scarce = 'bytes'): Worth {
  const { storedBytes: bytes, storedInodes: inodes, usesLastWeek } = holding;
  const expectedUses = holding.state === 'failed' ? 0 : holding.expectedUses;
  return worthOf({ bytes, files: inodes, inodes, expectedUses, usesLastWeek }, rates, scarce);
}

function takes(holding: Holding, scarce: Scarce): number {
  return scarce === 'bytes' ? holding.storedBytes : holding.storedInodes;
}

/** Those worth most stay first, where the others make room enough. */
function withoutNeedless(chosen: Victim[], enough: (victims: readonly Victim[]) => boolean): Victim[] {
  let kept = chosen;
  for (const victim of [...chosen].sort((a, b) => b.worth.value - a.worth.value)) {
    const fewer = kept.filter((each) => each !== victim);
    if (enough(fewer)) kept = fewer;
  }
  return kept;
}
