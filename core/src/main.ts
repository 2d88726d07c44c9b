import { isMainThread, workerData } from 'node:worker_threads';
import type { ThreadName } from './thread.ts';

/** What each thread runs; loaded only where it is needed. */
const threads: Partial<Record<ThreadName, (data: never) => Promise<unknown>>> = {
  writer: async () => (await import('./dataset/checkout/writerThread.ts')).runWriter(),
};

if (isMainThread) {
  process.exitCode = 0;
} else {
  await threads[workerData.thread as ThreadName]?.(workerData.data as never);
}
