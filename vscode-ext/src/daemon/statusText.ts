import type { Job } from '@forebay/core/api/schemas';
import { percentOf } from '../levels/level.ts';
import type { DaemonState } from './DaemonModel.ts';

/** What the status bar says: the daemon's state, or the job that has run longest. */
export function statusText(state: DaemonState['kind'], jobs: readonly Job[]): string {
  if (state === 'starting') return '$(loading~spin) Forebay';
  if (state === 'offline') return '$(forebay-level-cracked) Forebay: offline';
  const job = jobs.find((one) => one.state === 'running') ?? jobs[0];
  if (job === undefined) return '$(forebay-level-full) Forebay';
  const percent = percentOf(job.progress);
  const others = jobs.length > 1 ? ` (+${jobs.length - 1})` : '';
  return `$(sync~spin) ${job.title}${percent === null ? '' : ` ${percent}%`}${others}`;
}
