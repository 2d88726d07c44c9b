import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** Milliseconds. */
const betweenLooks = 50;
/** Looking through every process for new children costs more than reading the known ones. */
const looksBetweenSearches = 6;

/** Watches the resident memory (bytes) of processes and all that they start, added up. Linux only. */
export class MemoryWatch {
  readonly #roots = new Set<number>();
  #tree: number[] = [];
  #peak = 0;
  #looks = 0;
  readonly #timer = setInterval(() => this.#look(), betweenLooks);

  add(pid: number): void {
    this.#roots.add(pid);
    this.#tree.push(pid);
  }

  /** The highest sum that was seen. */
  stop(): number {
    clearInterval(this.#timer);
    return this.#peak;
  }

  #look(): void {
    if (this.#looks++ % looksBetweenSearches === 0) this.#tree = descendants(this.#roots, parents());
    const sum = this.#tree.reduce((total, pid) => total + (statusBytes(pid, 'VmRSS') ?? 0), 0);
    this.#peak = Math.max(this.#peak, sum);
  }
}

/** The roots and all that descend from them; `parents` maps a process to the one that started it. */
export function descendants(roots: ReadonlySet<number>, parents: ReadonlyMap<number, number>): number[] {
  const belongs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) {
      if (roots.has(at)) return true;
    }
    return false;
  };
  return [...new Set([...roots, ...parents.keys()])].filter(belongs);
}

function parents(): Map<number, number> {
  const found = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const stat = readOrNothing(`/proc/${pid}/stat`);
    // The command's name, in brackets, may hold anything: what follows is state and parent.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    if (parent > 0) found.set(pid, parent);
  }
  return found;
}

/** Lets the kernel count a process's highest resident memory anew (proc(5), clear_refs). */
export function resetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** The highest resident memory of one process since `resetPeak`, in bytes. */
export function peakOf(pid: number): number {
  return statusBytes(pid, 'VmHWM') ?? Number.NaN;
}

/** Resident memory of one process now, in bytes. */
export function residentOf(pid: number): number {
  return statusBytes(pid, 'VmRSS') ?? Number.NaN;
}

function statusBytes(pid: number, field: 'VmRSS' | 'VmHWM'): number | undefined {
  const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readOrNothing(`/proc/${pid}/status`));
  return found ? Number(found[1]) * 1024 : undefined;
}

function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
