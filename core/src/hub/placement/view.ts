import { ForebayError, type Placement, type Problem } from '../../api/index.ts';
import type { PlacedRow } from './holdings.ts';
import { damagedPaths } from './lenders.ts';
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
    problem: problemOf(row),
  };
}

function problemOf(row: PlacedRow): Problem | null {
  if (row.problem !== null) return JSON.parse(row.problem) as Problem;
  if (row.state !== 'ready' || row.damage === null) return null;
  const paths = damagedPaths(row);
  const some = paths.slice(0, 3).join(', ');
  return new ForebayError(
    'damaged',
    `Damaged on the disk: ${some}${paths.length > 3 ? ` and ${paths.length - 3} more` : ''}.`,
    'It is healed from the lake once nobody uses it.',
  ).toProblem();
}
