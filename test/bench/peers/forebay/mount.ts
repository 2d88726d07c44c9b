import { join } from 'node:path';
import { root } from '../../../support/home.ts';
import { run, type Stopwatch } from '../../measure/stopwatch.ts';
import type { ForebayMachine } from './machine.ts';

const kernels = 5;

/** Mounts what is cached: by the command line, and from Python processes as notebooks do. */
export async function timeMounts(machine: ForebayMachine, stopwatch: Stopwatch, ref: string): Promise<void> {
  const { path } = JSON.parse(await machine.command('mount', 'mount', ref)) as { path: string };
  await machine.home.json('unmount', ref);
  const script = [join(import.meta.dirname, 'mount.py'), join(root, 'jupyterlab-ext', 'kernel'), ref];
  for (let kernel = 0; kernel < kernels; kernel++) {
    const printed = await run('python3', script, { env: machine.home.env });
    const [seconds, mounted] = printed.trim().split('\n');
    if (mounted !== path) throw new Error(`Python mounted ${mounted}, the command line ${path}.`);
    stopwatch.note('mount', 'inside', Number(seconds));
  }
}
