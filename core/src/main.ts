import { isMainThread, workerData } from 'node:worker_threads';
import type { ThreadName } from './thread.ts';

/** What each thread runs; loaded only where it is needed. */
const threads: Partial<Record<ThreadName, (data: never) => Promise<unknown>>> = {
  job: async (data) => (await import('./daemon/jobThread.ts')).jobThread(data),
  'fetching-job': async (data) => (await import('./daemon/jobThread.ts')).jobThread(data),
  packer: async (data) => (await import('./dataset/pack/packerThread.ts')).runPackerThread(data),
  writer: async () => (await import('./dataset/checkout/write/writerThread.ts')).runWriter(),
};

if (isMainThread) {
  const { main } = await import('./cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  await threads[workerData.thread as ThreadName]?.(workerData.data as never);
}
