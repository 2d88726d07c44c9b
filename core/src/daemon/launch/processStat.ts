import { readFileSync } from 'node:fs';

export interface ProcessStat {
  /** One letter: 'R', 'S', 'Z'. */
  state: string;
  threads: number;
  /** Milliseconds since 1970, of this machine's clock as it stands now. */
  started: number;
}

/** The unit of times in /proc, which has been the same on every Linux that Node runs on; per second. */
const ticks = 100;

/** Fields 3, 20 and 22 of proc_pid_stat(5); undefined where there is no such process, or no /proc. */
export function statOf(pid: number): ProcessStat | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [, booted] = /^btime (\d+)$/m.exec(readFileSync('/proc/stat', 'latin1')) ?? [];
    return {
      state: fields[0] ?? '',
      threads: Number(fields[17]),
      started: (Number(booted) + Number(fields[19]) / ticks) * 1000,
    };
  } catch {
    return undefined;
  }
}
