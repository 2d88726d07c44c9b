import type { PlacementPlan } from '@forebay/core/api/schemas';

/** A cache that has not room for all that is to come, though perhaps for each alone. Bytes. */
export interface Crowded {
  cache: string;
  wanted: number;
  /** Free, or free once what is pushed out for one of them alone is gone. */
  room: number;
}

/** Each plan knows of what is there now, and not of the others. */
export function crowdedCaches(plans: readonly PlacementPlan[]): Crowded[] {
  const coming = plans.filter(({ state }) => state === null || state === 'failed');
  return [...Map.groupBy(coming, ({ cache }) => cache)]
    .map(([cache, together]) => {
      const goes = new Map(together.flatMap(({ evict }) => evict).map((one) => [one.placement, one.bytes]));
      const free = Math.min(...together.map((plan) => plan.free));
      return {
        cache,
        wanted: together.reduce((sum, plan) => sum + plan.bytes, 0),
        room: [...goes.values()].reduce((sum, bytes) => sum + bytes, free),
      };
    })
    .filter(({ wanted, room }) => wanted > room);
}
