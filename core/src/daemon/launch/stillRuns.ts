import { hasEnded } from './hasEnded.ts';
import { statOf } from './processStat.ts';

/** `btime` has whole seconds; milliseconds. */
const blur = 2000;

/**
 * Whether the process that had this id at a time, in milliseconds since 1970, goes on; undefined where only that one of this
 * id does can be told: after a restart, ids are given anew.
 */
export function stillRuns(pid: number, at: number): boolean | undefined {
  if (hasEnded(pid)) return false;
  const stat = statOf(pid);
  return stat && stat.started <= at + blur;
}
