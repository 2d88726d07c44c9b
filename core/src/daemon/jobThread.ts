import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { ForebayError } from '../api/index.ts';
import type { Tally } from '../dataset/progress.ts';
import type { Task } from '../hub/jobs/task.ts';
import { perform } from './perform.ts';
import type { FromThread } from './threadMessages.ts';

/** Milliseconds between two reports; the hub announces about five a second. */
const reportEvery = 100;

/** Nice value (setpriority(2)) of jobs and of the threads that they start: whoever asks the daemon is served first. */
const niceness = 5;

/** A thread for one job: it opens what it needs itself, reports, and stops when it is told to. */
export async function jobThread(task: Task): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('A job runs in a thread.');
  stepBack();
  const send = (message: FromThread) => port.postMessage(message);
  const abort = new AbortController();
  port.on('message', () => abort.abort());
  let pending: Tally | undefined;
  let last = 0;
  const flush = () => {
    if (pending) send({ kind: 'progress', tally: pending });
    pending = undefined;
    last = performance.now();
  };
  const report = (tally: Tally) => {
    const newPhase = pending !== undefined && pending.phase !== tally.phase;
    if (newPhase) flush();
    pending = { ...tally };
    if (newPhase || performance.now() - last >= reportEvery) flush();
  };
  try {
    const result = await perform(task, { signal: abort.signal, report });
    flush();
    send({ kind: 'done', result });
  } catch (thrown) {
    const error = ForebayError.from(thrown);
    const stack = error.code === 'internal' && thrown instanceof Error ? (thrown.stack ?? null) : null;
    send({ kind: 'failed', problem: error.toProblem(), stack });
  } finally {
    port.close();
  }
}

/** On Linux alone a thread has a priority of its own. */
function stepBack(): void {
  if (process.platform !== 'linux') return;
  try {
    setPriority(niceness);
  } catch {
    // A sandbox may forbid it: then jobs run as everything does.
  }
}
