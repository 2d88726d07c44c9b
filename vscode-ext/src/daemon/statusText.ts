import type { Job } from '@forebay/core/api/schemas';
import { percentOf } from '../levels/level.ts';
import type { DaemonState } from './DaemonModel.ts';

/** When a person wants to see the item. */
export type Wish = 'always' | 'whileBusy' | 'never';

/** Before anybody has used Forebay there is nothing to say; that it is offline is always worth it. */
export function isShown(wish: Wish, state: DaemonState['kind'], jobs: number): boolean {
  if (state === 'idle' || wish === 'never') return false;
  return wish === 'always' || jobs > 0 || state === 'offline';
}

/** What the status bar says: the daemon's state, or the job that has run longest. */
export function statusText(state: DaemonState['kind'], jobs: readonly Job[]): string {
  if (state === 'idle' || state === 'starting') return '$(loading~spin) Forebay';
  if (state === 'offline') return '$(forebay-level-cracked) Forebay: offline';
  const job = jobs.find((one) => one.state === 'running') ?? jobs[0];
  if (job === undefined) return '$(forebay-level-full) Forebay';
  const percent = percentOf(job.progress);
  const others = jobs.length > 1 ? ` (+${jobs.length - 1})` : '';
  return `$(sync~spin) ${job.title}${percent === null ? '' : ` ${percent}%`}${others}`;
}
