import { setTimeout as delay } from 'node:timers/promises';
import type { RunPoint } from '../api/schemas.ts';
import { gpuValues, readGpus } from '../run/environment/gpu.ts';
import { ourLimits } from '../run/environment/ourLimits.ts';
import { machineValues, sampleMachine } from './machine/sample.ts';
import { type Usage, usageOf, usageValues } from './usage.ts';

/** Milliseconds between two looks at what is used. */
const sampleEvery = 5000;

/** Every few seconds what the command and the machine use, where the system tells. */
export async function sample(
  pid: number,
  add: (points: RunPoint[]) => void,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
): Promise<void> {
  const limits = await ourLimits();
  const first = await sampleMachine(limits, pid);
  // Where there is no GPU, nobody is asked again.
  const any = (await readGpus(env)).length > 0;
  const gpus = async () => (any ? gpuValues(await readGpus(env)) : {});
  let before: { usage: Usage; machine: typeof first } = {
    usage: { cpu: 0, memory: 0, read: 0, written: 0 },
    machine: first,
  };
  // Soon after the start too, so that short runs have a sample.
  for (let step = 0, wait = 500; !signal.aborted; step++, wait = sampleEvery) {
    await delay(wait, undefined, { signal }).catch(() => undefined);
    const usage = await usageOf(pid);
    if (!usage) return;
    const machine = await sampleMachine(limits, pid);
    const values = {
      ...usageValues(usage, before.usage, machine.time - before.machine.time),
      ...machineValues(limits, { now: machine, before: before.machine, first }),
      ...(await gpus()),
    };
    const time = Date.now();
    add(Object.entries(values).map(([key, value]) => ({ key, value, time, step })));
    before = { usage, machine };
  }
}
