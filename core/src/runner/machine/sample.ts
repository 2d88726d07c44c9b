import { freemem, totalmem } from 'node:os';
import type { Limits } from '../../run/environment/cgroup/limits.ts';
import { type LimitedUse, readLimitedUse } from '../../run/environment/cgroup/use.ts';
import { readText } from '../../run/environment/ourLimits.ts';
import { parseTraffic, type Traffic } from './network.ts';
import { type ProcessorTime, processorTime } from './processor.ts';

/** What everything on the machine, or within the limits that we are under, uses. */
export interface MachineSample {
  processor: ProcessorTime;
  /** Bytes. */
  memory: { used: number; total: number };
  limited: LimitedUse;
  /** Of the network that the command sees; undefined where the system doesn't tell. */
  traffic: Traffic | undefined;
  /** Seconds, of a clock that only goes forward. */
  time: number;
}

export async function sampleMachine(limits: Limits, pid: number): Promise<MachineSample> {
  const network = await readText(`/proc/${pid}/net/dev`);
  return {
    processor: processorTime(),
    memory: { used: totalmem() - freemem(), total: totalmem() },
    limited: await readLimitedUse(readText, limits),
    traffic: network === undefined ? undefined : parseTraffic(network),
    time: performance.now() / 1000,
  };
}

/**
 * Under MLflow's names (mlflow/system_metrics), relative to the limit where there is one: 100% of the memory is where the
 * command is killed, 100% of the processor where it is held back. `first` was taken when the command began.
 */
export function machineValues(
  limits: Limits,
  { now, before, first }: { now: MachineSample; before: MachineSample; first: MachineSample },
): Record<string, number> {
  const memory = limits.memory
    ? { used: now.limited.memory, total: limits.memory.bytes }
    : { used: now.memory.used, total: now.memory.total };
  const values = [
    ['cpu_utilization_percentage', processorUse(limits, now, before)],
    ['run_cpu_throttled_percentage', throttled(now.limited, before.limited)],
    ['system_memory_usage_megabytes', memory.used === undefined ? undefined : memory.used / 1e6],
    [
      'system_memory_usage_percentage',
      memory.used === undefined ? undefined : (memory.used / memory.total) * 100,
    ],
    ['network_receive_megabytes', since(now.traffic?.received, first.traffic?.received)],
    ['network_transmit_megabytes', since(now.traffic?.sent, first.traffic?.sent)],
  ] as const;
  return Object.fromEntries(
    values.flatMap(([name, value]) => (value === undefined ? [] : [[`system/${name}`, value]])),
  );
}

function processorUse({ cpu }: Limits, now: MachineSample, before: MachineSample): number | undefined {
  if (!cpu) {
    const all = now.processor.all - before.processor.all;
    return all > 0 ? ((now.processor.busy - before.processor.busy) / all) * 100 : undefined;
  }
  if (now.limited.cpu === undefined || before.limited.cpu === undefined || now.time <= before.time) {
    return undefined;
  }
  return ((now.limited.cpu - before.limited.cpu) / (now.time - before.time) / cpu.cores) * 100;
}

/** Of the scheduler's periods since the sample before, the share in which the limit was reached. */
function throttled(now: LimitedUse, before: LimitedUse): number | undefined {
  if (now.periods === undefined || now.throttled === undefined) return undefined;
  const periods = now.periods - (before.periods ?? 0);
  return periods > 0 ? ((now.throttled - (before.throttled ?? 0)) / periods) * 100 : 0;
}

const since = (bytes: number | undefined, first: number | undefined) =>
  bytes === undefined || first === undefined ? undefined : Math.max(0, bytes - first) / 1e6;
