import type { Problem, Selection } from '../../api/index.ts';
import type { PlacementRow } from '../store/tables.ts';
import { selectionOfRow } from './part.ts';

interface Common {
  id: string;
  cacheId: string;
  lakeId: string;
  dataset: { id: string; name: string };
  version: number;
  /** Of a part of it; null for the whole. */
  selection: Selection | null;
  digest: string;
  files: number;
  bytes: number;
  storedBytes: number;
  storedInodes: number;
  /** Fencing: only the attempt that carries this id may publish. */
  fillId: string;
  /** Milliseconds since 1970. */
  lastUsed: number;
  pinned: boolean;
}

export type FillingPlacement = Common & { state: 'queued' | 'filling'; jobId: string };
export type ReadyPlacement = Common & { state: 'ready'; path: string; inode: string };
export type EvictingPlacement = Common & { state: 'evicting'; jobId: string };
export type FailedPlacement = Common & { state: 'failed'; problem: Problem; jobId: string | null };

/** One version, or one part of it, on one cache. Each state has exactly what that state knows. */
export type PlacementState = FillingPlacement | ReadyPlacement | EvictingPlacement | FailedPlacement;

export function placementOf(row: PlacementRow): PlacementState {
  const common: Common = {
    id: row.id,
    cacheId: row.cache_id,
    lakeId: row.lake_id,
    dataset: { id: row.dataset_id, name: row.dataset_name },
    version: row.version,
    selection: selectionOfRow(row),
    digest: row.digest,
    files: row.files,
    bytes: row.bytes,
    storedBytes: row.stored_bytes,
    storedInodes: row.stored_inodes,
    fillId: row.fill_id,
    lastUsed: row.last_used,
    pinned: row.pinned === 1,
  };
  const job = row.job_id;
  if (row.state === 'ready' && row.path !== null && row.inode !== null) {
    return { ...common, state: 'ready', path: row.path, inode: row.inode };
  }
  if ((row.state === 'queued' || row.state === 'filling') && job !== null) {
    return { ...common, state: row.state, jobId: job };
  }
  if (row.state === 'evicting' && job !== null) return { ...common, state: 'evicting', jobId: job };
  if (row.state === 'failed' && row.problem !== null) {
    return { ...common, state: 'failed', problem: JSON.parse(row.problem) as Problem, jobId: job };
  }
  throw new Error(`Placement ${row.id} is '${row.state}' but lacks what that state has.`);
}
