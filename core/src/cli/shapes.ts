import type { Lease, Placement, SyncResult, Version } from '../api/schemas.ts';

/** The shapes of `--json` that outside scripts rely on (design: Command line); no field more or less, but `selection` of a part. */

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
    selection,
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
    ...(selection ? { selection } : {}),
  };
}

export function mountLine(lease: Lease, path: string) {
  const { dataset, version, selection, cache, id: leaseId } = lease;
  return { dataset, version, path, cache, leaseId, ...(selection ? { selection } : {}) };
}
