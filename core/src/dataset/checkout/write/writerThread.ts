import { parentPort } from 'node:worker_threads';
import { checkFiles } from './checkFiles.ts';
import { linkFiles } from './linkFiles.ts';
import { writeFiles } from './writeFiles.ts';
import type { Failure, WriterAnswer, WriterRequest, WriterTask } from './writerTask.ts';

/** The `writer` thread: synchronous calls, one task after another, until it is terminated. */
export async function runWriter(): Promise<void> {
  parentPort?.on('message', ({ id, task }: WriterRequest) => {
    parentPort?.postMessage({ id, failures: perform(task) } satisfies WriterAnswer);
  });
}

function perform(task: WriterTask): Failure[] {
  switch (task.kind) {
    case 'write':
      return writeFiles(task);
    case 'link':
      return linkFiles(task);
    case 'check':
      return checkFiles(task);
  }
}
