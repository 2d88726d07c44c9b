import { execFile } from 'node:child_process';
import { cpus, hostname, release, totalmem, type } from 'node:os';
import { promisify } from 'node:util';
import type { FoundPython } from './findPython.ts';
import { type Driver, readDriver, readGpus } from './gpu.ts';
import { ourLimits } from './ourLimits.ts';

export interface Environment {
  host: string;
  system: string;
  processor: string;
  cores: number;
  /** Bytes. */
  memory: number;
  /** What a container, a Slurm step or a service left of the machine; null: all of it. */
  limits: { memory: number | null; cores: number | null };
  gpus: string[];
  /** NVIDIA's, where there is one: its version, and the newest CUDA that it can run. */
  driver: Driver | null;
  python: Python | null;
}

export interface Python {
  version: string;
  executable: string;
  /** How it was found, for people; what older runners recorded doesn't say. */
  from?: string;
  /** `NAME==VERSION`, or `NAME @ ADDRESS` of what didn't come from an index; sorted. */
  packages: string[];
}

/** This machine, and the packages of a Python where there is one. */
export async function environmentOf(
  python: FoundPython | undefined,
  options: { folder: string; env: NodeJS.ProcessEnv },
): Promise<Environment> {
  const [gpus, driver, limits, found] = await Promise.all([
    readGpus(options.env),
    readDriver(options.env),
    ourLimits(),
    python === undefined ? undefined : askPython(python, options),
  ]);
  return {
    host: hostname(),
    system: `${type()} ${release()}`,
    processor: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory: totalmem(),
    limits: { memory: limits.memory?.bytes ?? null, cores: limits.cpu?.cores ?? null },
    gpus: gpus.map(({ name }) => name),
    driver: driver ?? null,
    python: found ?? null,
  };
}

const ask = `
import json, platform, sys
from importlib.metadata import distributions
def pinned(package):
    # https://packaging.python.org/en/latest/specifications/direct-url
    origin = json.loads(package.read_text("direct_url.json") or "{}")
    url, vcs = origin.get("url"), origin.get("vcs_info")
    if url is None:
        return f"=={package.version}"
    within = f"#subdirectory={origin['subdirectory']}" if "subdirectory" in origin else ""
    return f" @ {vcs['vcs']}+{url}@{vcs['commit_id']}{within}" if vcs else f" @ {url}{within}"
packages = {d.metadata["Name"]: pinned(d) for d in distributions() if d.metadata["Name"]}
print(json.dumps({
    "version": platform.python_version(),
    "executable": sys.executable,
    "packages": sorted((f"{n}{p}" for n, p in packages.items()), key=str.lower),
}))
`;

async function askPython(
  { program, from }: FoundPython,
  { folder, env }: { folder: string; env: NodeJS.ProcessEnv },
): Promise<Python | undefined> {
  try {
    const { stdout } = await promisify(execFile)(program, ['-c', ask], { cwd: folder, env, timeout: 20_000 });
    return { from, ...(JSON.parse(stdout) as Python) };
  } catch {
    return undefined;
  }
}
