import type { Placement } from '@forebay/core/api/schemas';
import type { Snapshot } from '../model/snapshot.ts';
import type { VersionRef } from '../tokens.ts';

/** Where a version is cached whole, or on its way. */
export function wholePlacementsOf(
  { placements }: Pick<Snapshot, 'placements'>,
  version: VersionRef,
): Placement[] {
  return placements.filter(isOf(version));
}

/** Where a version is cached or on its way: the whole of it; where it is whole nowhere, its parts. */
export function placementsOf(
  snapshot: Pick<Snapshot, 'placements' | 'parts'>,
  version: VersionRef,
): Placement[] {
  const whole = wholePlacementsOf(snapshot, version);
  return whole.length > 0 ? whole : snapshot.parts.filter(isOf(version));
}

const isOf =
  ({ dataset, version }: VersionRef) =>
  (one: Placement) =>
    one.dataset === dataset && one.version === version;
