import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The oldest and newest minor version of Python 3 that the wheels are for. */
export const [oldest, newest] = [10, 14];

/** Every Python from 3.10 to 3.14 that this machine has, by its minor version: on PATH, or kept by pyenv. */
export async function findPythons(): Promise<Map<number, string>> {
  const names = Array.from({ length: newest - oldest + 1 }, (_, i) => `python3.${oldest + i}`);
  const found = new Map<number, string>();
  for (const path of [...(await keptByPyenv()), 'python3', ...names]) {
    const said = await run(path, ['-c', 'import sys; print(sys.version_info[1])']).catch(() => undefined);
    const minor = Number(said?.stdout);
    if (minor >= oldest && minor <= newest && !found.has(minor)) found.set(minor, path);
  }
  return found;
}

async function keptByPyenv(): Promise<string[]> {
  try {
    const versions = join((await run('pyenv', ['root'])).stdout.trim(), 'versions');
    return (await readdir(versions)).sort().map((name) => join(versions, name, 'bin', 'python'));
  } catch {
    return [];
  }
}
