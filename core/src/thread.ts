import { type ResourceLimits, Worker } from 'node:worker_threads';
import { entry } from './entry.ts';

/** Every thread runs the same program, `main.ts`, and is told by name what it is there for. */
export type ThreadName = 'job' | 'fetching-job' | 'packer' | 'writer' | 'stat';

/**
 * Megabytes of heap that a thread may fill. The fewer, the sooner V8 collects garbage: without a limit it lets four times
 * what is alive pile up, below 2 GB less than twice.
 * What the others hold doesn't grow with their work; a job may have to look up things in a whole folder; one that
 * fetches keeps little, but for every 64 KiB that come from a network V8 counts memory, and would collect all the time.
 */
const resourceLimits: Record<ThreadName, ResourceLimits> = {
  job: { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 640 },
  'fetching-job': { maxYoungGenerationSizeMb: 24 },
  packer: { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 64 },
  stat: { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 64 },
  writer: { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 64 },
};

/** `data` is structured-cloned and reaches the thread's function as its argument; see `main.ts`. */
export function startThread(name: ThreadName, data: unknown): Worker {
  return new Worker(entry, { workerData: { thread: name, data }, resourceLimits: resourceLimits[name] });
}
