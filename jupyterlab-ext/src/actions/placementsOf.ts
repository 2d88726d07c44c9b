import type { Placement } from '@forebay/core/api/schemas';
import type { IForebay, VersionRef } from '../tokens.ts';

/** Where a version, or a part of it, is cached or on its way. */
export function placementsOf(forebay: IForebay, { dataset, version }: VersionRef): Placement[] {
  return forebay.store.snapshot.placements.filter(
    (one) => one.dataset === dataset && one.version === version,
  );
}
