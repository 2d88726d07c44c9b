import { setPriority } from 'node:os';
import { getHeapStatistics } from 'node:v8';
import { parentPort } from 'node:worker_threads';
import { ForebayError } from '../api/errors.ts';
import type { Tally } from '../dataset/progress.ts';
import type { Task } from '../hub/jobs/task.ts';
import { perform } from './perform.ts';
import type { FromThread, ToThread } from './threadMessages.ts';

/** Milliseconds between two reports; the hub announces about five a second. */
const reportEvery = 100;

/** Nice value (setpriority(2)) of jobs and of the threads that they start: whoever asks the daemon is served first. */
const niceness = 5;

/** A thread whose task worked longer, milliseconds of the processor, or left a larger heap, bytes, ends, which gives all its memory back. */
const little = { time: 500, heap: 48 * 2 ** 20 };

/** A thread for one job after another: it opens what each needs, reports, and stops when it is told to. */
export async function jobThread(): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('A job runs in a thread.');
  stepBack();
  const send = (message: FromThread) => port.postMessage(message);
  let stop = () => {};
  port.on('message', async (message: ToThread) => {
    if (message.kind === 'stop') return stop();
    if (message.kind === 'end') return port.close();
    const abort = new AbortController();
    stop = () => abort.abort();
    const begun = process.threadCpuUsage();
    const outcome = await outcomeOf(message.task, abort.signal, send);
    stop = () => {};
    const { user, system } = process.threadCpuUsage(begun);
    const goesOn =
      (user + system) / 1000 <= little.time && getHeapStatistics().total_heap_size <= little.heap;
    send({ ...outcome, goesOn });
    if (!goesOn) port.close();
  });
}

async function outcomeOf(task: Task, signal: AbortSignal, send: (message: FromThread) => void) {
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
    const result = await perform(task, { signal, report });
    flush();
    return { kind: 'done', result } as const;
  } catch (thrown) {
    const error = ForebayError.from(thrown);
    const stack = error.code === 'internal' && thrown instanceof Error ? (thrown.stack ?? null) : null;
    return { kind: 'failed', problem: error.toProblem(), stack } as const;
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
