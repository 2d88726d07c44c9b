import type { Lease, Placement, SyncResult, Version } from '../api/schemas.ts';

/** The shapes of `--json` that outside scripts rely on (design: Command line); no field more or less. */

export function logLine(made: Version) {
  const { version, digest, parents, author, message, time, files, bytes, tags } = made;
  const { added, changed, removed } = made;
  return { version, digest, parents, author, message, time, files, bytes, tags, added, changed, removed };
}

export function syncLine(result: SyncResult) {
  const { dataset, version, digest, files, bytes, added, changed, removed, uploadedBytes } = result;
  return { dataset, version, digest, files, bytes, added, changed, removed, uploadedBytes };
}

export function placementLine(placement: Placement) {
  const {
    dataset,
    version,
    digest,
    cache,
    site,
    state,
    files,
    bytes,
    path,
    lastUsed,
    expires,
    pinned,
    leases,
  } = placement;
  return {
    dataset,
    version,
    digest,
    cache,
    site,
    state,
    files,
    bytes,
    path,
    lastUsed,
    expires,
    pinned,
    leases,
  };
}

export function mountLine(lease: Lease, path: string) {
  return { dataset: lease.dataset, version: lease.version, path, cache: lease.cache, leaseId: lease.id };
}
