import { type Limits, numberIn, type Read } from './limits.ts';

/** What is used of limits until now; undefined where there is no limit, or the kernel doesn't tell. */
export interface LimitedUse {
  /** Bytes that couldn't be had back at once. */
  memory: number | undefined;
  /** Seconds of processor time. */
  cpu: number | undefined;
  /** The scheduler's periods in which anything ran, and those in which it was held back. */
  periods: number | undefined;
  throttled: number | undefined;
}

/** Kernel documentation: cgroup-v2.rst, "memory.current", "cpu.stat"; cgroup-v1/memory.rst, cpuacct.rst. */
export async function readLimitedUse(read: Read, { memory, cpu }: Limits): Promise<LimitedUse> {
  const stat = cpu ? fieldsOf(await read(`${cpu.folder}/cpu.stat`)) : undefined;
  return {
    memory: memory ? await memoryUse(read, memory.folder, memory.version) : undefined,
    cpu: cpu?.counted ? await cpuUse(read, cpu.counted, cpu.version) : undefined,
    periods: stat?.get('nr_periods'),
    throttled: stat?.get('nr_throttled'),
  };
}

/** Files that were read once and lie in memory until somebody needs the room don't count, as in what Kubernetes shows. */
async function memoryUse(read: Read, folder: string, version: 1 | 2): Promise<number | undefined> {
  const [name, idle] =
    version === 2
      ? (['memory.current', 'inactive_file'] as const)
      : (['memory.usage_in_bytes', 'total_inactive_file'] as const);
  const used = numberIn(await read(`${folder}/${name}`));
  if (used === undefined) return undefined;
  return Math.max(0, used - (fieldsOf(await read(`${folder}/memory.stat`)).get(idle) ?? 0));
}

async function cpuUse(read: Read, folder: string, version: 1 | 2): Promise<number | undefined> {
  if (version === 2) {
    const microseconds = fieldsOf(await read(`${folder}/cpu.stat`)).get('usage_usec');
    return microseconds === undefined ? undefined : microseconds / 1e6;
  }
  const nanoseconds = numberIn(await read(`${folder}/cpuacct.usage`));
  return nanoseconds === undefined ? undefined : nanoseconds / 1e9;
}

/** Lines of a name and a number. */
function fieldsOf(text: string | undefined): Map<string, number> {
  const all = (text ?? '').split('\n').map((line) => line.split(' '));
  return new Map(all.map(([name = '', value]) => [name, Number(value)]));
}
