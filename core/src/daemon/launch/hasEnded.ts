import { statOf } from './processStat.ts';

/**
 * Whether a process runs no more. One that its parent has not waited for has ended too: in a container that may
 * take seconds, or for ever.
 */
export function hasEnded(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
  // A zombie with more threads than one still has some that run.
  const stat = statOf(pid);
  return stat !== undefined && stat.state === 'Z' && stat.threads <= 1;
}
