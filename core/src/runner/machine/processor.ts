import { cpus } from 'node:os';

/** Milliseconds of all processors since the machine was started. */
export interface ProcessorTime {
  busy: number;
  all: number;
}

export function processorTime(): ProcessorTime {
  return cpus().reduce(
    ({ busy, all }, { times: { user, nice, sys, idle, irq } }) => ({
      busy: busy + user + nice + sys + irq,
      all: all + user + nice + sys + irq + idle,
    }),
    { busy: 0, all: 0 },
  );
}
