import { existsSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { isMainThread, workerData } from 'node:worker_threads';
import { homeOf } from './daemon/launch/home.ts';
import type { ThreadName } from './thread.ts';

const job = async () => (await import('./daemon/jobThread.ts')).jobThread();

/** What each thread runs; loaded only where it is needed. */
const threads: Partial<Record<ThreadName, (data: never) => Promise<unknown>>> = {
  job,
  'fetching-job': job,
  packer: async (data) => (await import('./dataset/pack/packerThread.ts')).runPackerThread(data),
  stat: async () => (await import('./dataset/scan/statThread.ts')).runStat(),
  writer: async () => (await import('./dataset/checkout/write/writerThread.ts')).runWriter(),
};

// What V8 compiled is kept: half of the time that a short command or a thread takes to begin.
const home = homeOf();
if (existsSync(home)) enableCompileCache(join(home, 'compiled'));

if (isMainThread) {
  const { main } = await import('./cli/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  await threads[workerData.thread as ThreadName]?.(workerData.data as never);
}
