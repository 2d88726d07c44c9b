import { Worker } from 'node:worker_threads';

declare const FOREBAY_BUNDLED: boolean | undefined;

/** Every thread runs the same program, `main.ts`, and is told by name what it is there for. */
export type ThreadName = 'job' | 'packer' | 'writer';

const program =
  typeof FOREBAY_BUNDLED === 'undefined' ? new URL('./main.ts', import.meta.url) : new URL(import.meta.url);

/** `data` is structured-cloned and reaches the thread's function as its argument; see `main.ts`. */
export function startThread(name: ThreadName, data: unknown): Worker {
  return new Worker(program, { workerData: { thread: name, data } });
}
