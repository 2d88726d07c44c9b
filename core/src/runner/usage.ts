import { readdir, readFile } from 'node:fs/promises';

/** What a command and everything that it started has used until now. */
export interface Usage {
  /** Seconds of processor time, of processes that have ended too. */
  cpu: number;
  /** Bytes in memory. */
  memory: number;
  /** Bytes that went to and came from disks. */
  read: number;
  written: number;
}

/** proc(5): the kernel counts processor time in hundredths of a second for every program. */
const ticks = 100;

/** Of a process and all below it; undefined where it has ended. Linux only: elsewhere there is no /proc to read. */
export async function usageOf(pid: number): Promise<Usage | undefined> {
  const stats = await readStats();
  if (!stats.has(pid)) return undefined;
  const total = { cpu: 0, memory: 0, read: 0, written: 0 };
  for (const each of below(stats, pid)) {
    const stat = stats.get(each);
    if (!stat) continue;
    total.cpu += stat.ticks / ticks;
    // Not the pages of `stat`: how long one is differs between machines.
    const status = await readFile(`/proc/${each}/status`, 'utf8').catch(() => '');
    total.memory += Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
    const io = await readFile(`/proc/${each}/io`, 'utf8').catch(() => '');
    total.read += Number(/^read_bytes: (\d+)/m.exec(io)?.[1] ?? 0);
    total.written += Number(/^write_bytes: (\d+)/m.exec(io)?.[1] ?? 0);
  }
  return total;
}

interface Stat {
  parent: number;
  /** Its own, and of those below it that it has waited for. */
  ticks: number;
}

async function readStats(): Promise<Map<number, Stat>> {
  const names = await readdir('/proc').catch(() => []);
  const pids = names.filter((name) => /^\d+$/.test(name));
  const all = await Promise.all(
    pids.map(async (pid) => {
      const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // The command's name stands in brackets, whatever it holds; state, parent, ... follow.
      const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
      const number = (at: number) => Number(fields[at] ?? 0);
      const ticks = number(11) + number(12) + number(13) + number(14);
      return [Number(pid), { parent: number(1), ticks }] as const;
    }),
  );
  return new Map(all);
}

function below(stats: ReadonlyMap<number, Stat>, top: number): number[] {
  const all = [top];
  for (const each of all) {
    for (const [pid, { parent }] of stats) if (parent === each && pid !== each) all.push(pid);
  }
  return all;
}

/** What a sample says, under MLflow's `system/...` names; `before` was taken `seconds` earlier. */
export function usageValues(usage: Usage, before: Usage, seconds: number): Record<string, number> {
  const megabytes = (bytes: number) => bytes / 1e6;
  return {
    // 100 is one core. A process that nobody waited for takes its time with it.
    'system/run_cpu_percentage': (Math.max(0, usage.cpu - before.cpu) / seconds) * 100,
    'system/run_memory_megabytes': megabytes(usage.memory),
    'system/run_disk_read_megabytes': megabytes(usage.read),
    'system/run_disk_write_megabytes': megabytes(usage.written),
  };
}
