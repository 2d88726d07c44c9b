import { type Controller, type Groups, locate } from './locate.ts';

/** A file's text; undefined where there is none. */
export type Read = (path: string) => Promise<string | undefined>;

/** What a container, a Slurm step or a service leaves of the machine to what runs in it. */
export interface Limits {
  memory: MemoryLimit | null;
  cpu: CpuLimit | null;
}

export interface MemoryLimit {
  version: 1 | 2;
  /** Of the group that has the limit, whose use counts against it. */
  folder: string;
  bytes: number;
}

export interface CpuLimit {
  version: 1 | 2;
  folder: string;
  /** How many processors' time it may use; 0.5 is half of one. */
  cores: number;
  /** Where its processor time is counted: in version 1 by another controller; null where that has no such group. */
  counted: string | null;
}

/** The tightest limits that a process is under, where they are less than the machine has. `pid`: 'self' for ourselves. */
export async function readLimits(
  read: Read,
  machine: { memory: number; cores: number },
  pid: number | 'self' = 'self',
): Promise<Limits> {
  const memberships = (await read(`/proc/${pid}/cgroup`)) ?? '';
  const mounts = (await read(`/proc/${pid}/mountinfo`)) ?? '';
  const groups = (controller: Controller) => locate(controller, memberships, mounts);
  const memory = await tightest(groups('memory'), (version, folder) => memoryLimit(read, version, folder));
  const cpu = await tightest(groups('cpu'), (version, folder) => cpuLimit(read, version, folder));
  return {
    memory: memory && memory.value < machine.memory ? { ...memory.group, bytes: memory.value } : null,
    cpu: cpu && cpu.value < machine.cores ? { ...cpu.group, cores: cpu.value, ...counted(cpu.group) } : null,
  };

  function counted({ version, folder }: { version: 1 | 2; folder: string }): { counted: string | null } {
    if (version === 2) return { counted: folder };
    const [limiting, counting] = [groups('cpu'), groups('cpuacct')];
    if (!limiting || limiting.group !== counting?.group) return { counted: null };
    const up = limiting.folders.indexOf(folder);
    return { counted: counting.folders[up] ?? null };
  }
}

async function tightest(
  groups: Groups | undefined,
  limitOf: (version: 1 | 2, folder: string) => Promise<number | undefined>,
): Promise<{ group: { version: 1 | 2; folder: string }; value: number } | undefined> {
  if (!groups) return undefined;
  const { version, folders } = groups;
  const all = await Promise.all(
    folders.map(async (folder) => ({ group: { version, folder }, value: await limitOf(version, folder) })),
  );
  return all
    .flatMap(({ group, value }) => (value === undefined ? [] : [{ group, value }]))
    .reduce<{ group: { version: 1 | 2; folder: string }; value: number } | undefined>(
      (least, each) => (least && least.value <= each.value ? least : each),
      undefined,
    );
}

/** Kernel documentation: cgroup-v2.rst, "memory.max"; cgroup-v1/memory.rst, "memory.limit_in_bytes". */
async function memoryLimit(read: Read, version: 1 | 2, folder: string): Promise<number | undefined> {
  const text = await read(`${folder}/${version === 2 ? 'memory.max' : 'memory.limit_in_bytes'}`);
  return numberIn(text);
}

/** Kernel documentation: cgroup-v2.rst, "cpu.max"; scheduler/sched-bwc.rst for version 1, where -1 is no limit. */
async function cpuLimit(read: Read, version: 1 | 2, folder: string): Promise<number | undefined> {
  const [quota, period] =
    version === 2
      ? ((await read(`${folder}/cpu.max`)) ?? '').trim().split(' ').map(numberIn)
      : [
          numberIn(await read(`${folder}/cpu.cfs_quota_us`)),
          numberIn(await read(`${folder}/cpu.cfs_period_us`)),
        ];
  return quota !== undefined && quota > 0 && period ? quota / period : undefined;
}

/** Undefined for `max` and for nothing. */
export function numberIn(text: string | undefined): number | undefined {
  return text !== undefined && /^-?\d+$/.test(text.trim()) ? Number(text) : undefined;
}
