import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { ensurePython, findPython } from '../../../tools/python.mjs';
// @ts-expect-error As above.
import { cache, run, stepOnce } from '../../../tools/steps.mjs';

export interface Venv {
  python: string;
  /** Folder of its commands. */
  bin: string;
}

/** MLflow's own client and server, and what their tests train with. */
export const mlflowRequirements = ['mlflow==3.17.2', 'scikit-learn==1.7.2', 'pytest==8.4.2'];

/** The reference reader of Croissant, and what opens pictures for it. */
export const croissantRequirements = ['mlcroissant==1.1.1', 'pillow==12.0.0'];

/** Keras over what is smallest of what it computes with. */
export const kerasRequirements = ['keras==3.15.1', 'jax==0.10.2', 'mlflow-skinny==3.17.2', 'pandas==2.3.3'];

export interface VenvOptions {
  /** What it is made of; the Python that runs the tests' tools, if none is named. */
  python?: string;
  /** More for `uv venv`, and for `uv pip install`. */
  venv?: string[];
  install?: string[];
}

/**
 * The virtual environment `name` with `requirements` installed, made once; test runs that start together wait for one. By uv,
 * which takes a tenth of pip's time.
 */
export async function toolsVenv(
  name: string,
  requirements: string[],
  { python: base, venv = [], install = [] }: VenvOptions = {},
): Promise<Venv> {
  const { bin: tools } = await uvVenv();
  const home = join(cache, 'python', name);
  const bin = join(home, 'bin');
  const python = join(bin, 'python');
  return oneAtATime(name, async () => {
    const inputs = [...requirements, ...venv, ...install];
    await stepOnce(`Installing Python packages (${name})`, python, inputs, async () => {
      const uv = (...args: string[]) =>
        run(join(tools, 'uv'), [...args, '--quiet'], {
          hint: 'uv needs PyPI for this, or the index that UV_DEFAULT_INDEX names.',
        });
      await uv('venv', '--clear', '--seed', '--python', base ?? (await findPython()), ...venv, home);
      await uv('pip', 'install', '--python', python, ...install, ...requirements);
    });
    return { python, bin };
  });
}

/** Where uv lies. */
export function uvVenv(): Promise<Venv> {
  return oneAtATime('uv', () => ensurePython('uv', ['uv==0.13.9']));
}

/** Of test files that run at the same time, each waits here for those that came before. */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(cache, 'python', `${name}.lock`);
  await mkdir(join(cache, 'python'), { recursive: true });
  while (!(await takeLock(lock))) await delay(200);
  try {
    return await work();
  } finally {
    await rm(lock);
  }
}

/** The lock is a file with its owner's process id; one whose owner is dead is taken over. */
async function takeLock(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    const owner = Number(await readFile(lock, 'utf8').catch(() => Number.NaN));
    if (owner > 0 && !isAlive(owner)) await rm(lock, { force: true });
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
