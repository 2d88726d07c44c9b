import { readFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { type Limits, type Read, readLimits } from './cgroup/limits.ts';

export const readText: Read = (path) => readFile(path, 'utf8').catch(() => undefined);

/** Nothing but the machine itself limits us where the system has no control groups. */
export const ourLimits = (): Promise<Limits> =>
  readLimits(readText, { memory: totalmem(), cores: cpus().length });
