import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

export interface Gpu {
  index: number;
  name: string;
  /** Of the time since the driver's last look, in which a kernel ran. */
  utilizationPercentage: number | null;
  /** Bytes. */
  memory: number | null;
  /** Bytes. */
  memoryTotal: number | null;
  watts: number | null;
}

const fields = ['index', 'name', 'utilization.gpu', 'memory.used', 'memory.total', 'power.draw'] as const;
const mebibyte = 2 ** 20;

export interface Driver {
  version: string;
  /** Null where the driver doesn't say. */
  cuda: string | null;
}

/** Undefined where there is no NVIDIA driver. */
export async function readDriver(env: NodeJS.ProcessEnv): Promise<Driver | undefined> {
  const said = await promisify(execFile)('nvidia-smi', [], { env, timeout: 5000 }).catch(() => undefined);
  return said && parseDriver(said.stdout);
}

/** The head of what plain `nvidia-smi` prints, in every version of it; `CUDA Version: N/A` where the library is missing. */
export function parseDriver(text: string): Driver | undefined {
  const version = /Driver Version:\s*(\d[\d.]*)/.exec(text)?.[1];
  if (version === undefined) return undefined;
  return { version, cuda: /CUDA (?:UMD )?Version:\s*(\d[\d.]*)/.exec(text)?.[1] ?? null };
}

/** What `nvidia-smi` says of every GPU of this machine; none where there is no such program or no GPU. */
export async function readGpus(env: NodeJS.ProcessEnv): Promise<Gpu[]> {
  const args = [`--query-gpu=${fields.join(',')}`, '--format=csv,noheader,nounits'];
  try {
    const { stdout } = await promisify(execFile)('nvidia-smi', args, { env, timeout: 5000 });
    return parseGpus(stdout);
  } catch {
    return [];
  }
}

/** Lines of `nvidia-smi --format=csv,noheader,nounits`; a card that can't tell says `[N/A]` or `[Not Supported]`. */
export function parseGpus(text: string): Gpu[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [index, name = '', utilization, used, total, watts] = line.split(',').map((cell) => cell.trim());
      const memory = numberOf(used);
      const memoryTotal = numberOf(total);
      return {
        index: Number(index),
        name,
        utilizationPercentage: numberOf(utilization),
        memory: memory === null ? null : memory * mebibyte,
        memoryTotal: memoryTotal === null ? null : memoryTotal * mebibyte,
        watts: numberOf(watts),
      };
    });
}

function numberOf(cell: string | undefined): number | null {
  const number = Number.parseFloat(cell ?? '');
  return Number.isNaN(number) ? null : number;
}

/** Under the names that MLflow's own system metrics have. */
export function gpuValues(gpus: readonly Gpu[]): Record<string, number> {
  const all = gpus.flatMap(({ index, utilizationPercentage, memory, memoryTotal, watts }) => [
    [`system/gpu_${index}_utilization_percentage`, utilizationPercentage],
    [`system/gpu_${index}_memory_usage_megabytes`, memory === null ? null : memory / 1e6],
    [
      `system/gpu_${index}_memory_usage_percentage`,
      memory === null || !memoryTotal ? null : (memory / memoryTotal) * 100,
    ],
    [`system/gpu_${index}_power_usage_watts`, watts],
  ]);
  return Object.fromEntries(all.filter(([, value]) => value !== null));
}
