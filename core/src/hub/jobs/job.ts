import type { Job, Problem } from '../../api/index.ts';
import { ForebayError } from '../../api/index.ts';
import type { JobRow } from '../store/tables.ts';
import { emptyProgress } from './rate.ts';

/** How a job ended, before it is written down. */
export type Outcome =
  | { state: 'done'; result: unknown }
  | { state: 'failed'; error: ForebayError }
  | { state: 'cancelled'; error: ForebayError }
  | { state: 'interrupted'; error: ForebayError };

export function outcomeOf(thrown: unknown, aborted: boolean): Outcome {
  const error = ForebayError.from(thrown);
  if (error.code === 'cancelled' || (aborted && error.code === 'internal')) {
    return { state: 'cancelled', error: new ForebayError('cancelled', 'Cancelled.') };
  }
  return { state: 'failed', error };
}

export const interruption = () =>
  new ForebayError('cancelled', 'The daemon stopped while this was running.', 'Start it again.');

/** A stored job as the API shows it. */
export function jobOf(row: JobRow, progress?: Job['progress']): Job {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    title: row.title,
    dataset: row.dataset,
    version: row.version,
    cache: row.cache,
    progress: progress ?? (JSON.parse(row.progress) as Job['progress']),
    result: row.result === null ? null : JSON.parse(row.result),
    problem: row.problem === null ? null : (JSON.parse(row.problem) as Problem),
    created: new Date(row.created).toISOString(),
    ended: row.ended === null ? null : new Date(row.ended).toISOString(),
  };
}

export interface NewJob {
  id: string;
  kind: Job['kind'];
  /** For people: 'Filling mnist@v2'. */
  title: string;
  dataset: string | null;
  version: number | null;
  cache: string | null;
  /** The real path of the working copy that it reads or writes. */
  folder: string | null;
  placementId: string | null;
}

export function rowOf(job: NewJob, now: number): JobRow {
  return {
    id: job.id,
    kind: job.kind,
    state: 'queued',
    title: job.title,
    dataset: job.dataset,
    version: job.version,
    cache: job.cache,
    folder: job.folder,
    placement_id: job.placementId,
    progress: JSON.stringify(emptyProgress),
    result: null,
    problem: null,
    created: now,
    ended: null,
  };
}
