import { readFileSync } from 'node:fs';

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
  return isZombie(pid);
}

/** Fields 3 and 20 of proc_pid_stat(5): a zombie with more threads than one still has some that run. */
function isZombie(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' && Number(fields[17]) <= 1;
  } catch {
    return false;
  }
}
