import type { Placement, Problem } from '../../api/index.ts';
import type { PlacedRow } from './holdings.ts';
import { selectionOfRow } from './part.ts';

/** When a placement ages out, milliseconds since 1970; null while something keeps it. */
export function expiryOf(row: PlacedRow): number | null {
  if (row.state !== 'ready' || Number(row.leases) > 0 || row.pinned === 1) return null;
  return row.last_used + row.ttl_seconds * 1000;
}

/** A stored placement as the API shows it. */
export function viewPlacement(row: PlacedRow): Placement {
  const expires = expiryOf(row);
  return {
    id: row.id,
    dataset: row.dataset_name,
    version: row.version,
    digest: row.digest,
    selection: selectionOfRow(row),
    cache: row.cache_name,
    site: row.site,
    state: row.state,
    files: row.files,
    bytes: row.bytes,
    path: row.state === 'ready' ? row.path : null,
    lastUsed: new Date(row.last_used).toISOString(),
    expires: expires === null ? null : new Date(expires).toISOString(),
    pinned: row.pinned === 1,
    leases: Number(row.leases),
    job: row.job_id,
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
  };
}
