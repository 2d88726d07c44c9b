import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
// @ts-expect-error The tools are plain JavaScript, since Node 20 runs them before anything is installed.
import { ensurePython } from '../../tools/python.mjs';
import { root } from './home.ts';

export interface Venv {
  python: string;
  /** Folder of its commands. */
  bin: string;
}

/** MLflow's own client and server, and what their tests train with. */
export const mlflowRequirements = ['mlflow==3.17.2', 'scikit-learn==1.7.2', 'pytest==8.4.2'];

/** The reference reader of Croissant, and what opens pictures for it. */
export const croissantRequirements = ['mlcroissant==1.1.1', 'pillow==12.0.0'];

/** The virtual environment `name` with `requirements` installed, made once; test runs that start together wait for one. */
export function toolsVenv(name: string, requirements: string[]): Promise<Venv> {
  return oneAtATime(name, () => ensurePython(name, requirements));
}

/** Of test files that run at the same time, each waits here for those that came before. */
export async function oneAtATime<T>(name: string, work: () => Promise<T>): Promise<T> {
  const lock = join(root, '.cache', 'python', `${name}.lock`);
  await mkdir(join(root, '.cache', 'python'), { recursive: true });
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
