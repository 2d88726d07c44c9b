import type { Worker } from 'node:worker_threads';
import { ForebayError } from '../api/index.ts';
import type { Control } from '../dataset/progress.ts';
import type { Task } from '../hub/jobs/task.ts';
import { startThread } from '../thread.ts';
import type { FromThread } from './threadMessages.ts';

/** A job that was told to stop has this long, milliseconds; then its thread is ended. */
const patience = 1300;

/** Whether most of what a task does is to get a whole version's files from the lake. */
function fetches(task: Task): boolean {
  return task.kind === 'clone' || task.kind === 'verify' || (task.kind === 'fill' && task.reuse.length === 0);
}

export interface ThreadOptions {
  /** Gets the stack of what nobody foresaw. */
  log: (error: unknown) => void;
  /** Removes what a task left when its thread had to be ended. */
  cleanUp: (task: Task) => Promise<void>;
}

/** Runs each task in a thread of its own, so that the daemon's main thread only answers. */
export class JobThreads {
  readonly #workers = new Set<Worker>();
  readonly #options: ThreadOptions;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** Rejects with what the task threw; with `cancelled` soon after the signal is aborted. */
  run(task: Task, control: Control): Promise<unknown> {
    const worker = startThread(fetches(task) ? 'fetching-job' : 'job', task);
    this.#workers.add(worker);
    return this.#follow(worker, task, control).finally(() => this.#workers.delete(worker));
  }

  /** Ends every thread as a crash would: what they do is made for that. */
  async kill(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  async #follow(worker: Worker, task: Task, { signal, report }: Control): Promise<unknown> {
    const ended = Promise.withResolvers<unknown>();
    let timer: NodeJS.Timeout | undefined;
    let overdue = false;
    let phase = '';
    const stop = () => {
      worker.postMessage('stop');
      timer = setTimeout(end, patience);
    };
    const end = () => {
      // Its request may have been sent: the outcome is waited for.
      if (phase === 'committing') {
        timer = setTimeout(end, patience);
        return;
      }
      overdue = true;
      void worker.terminate();
    };
    worker.on('message', (message: FromThread) => {
      if (message.kind === 'progress') {
        phase = message.tally.phase;
        report(message.tally);
      } else if (message.kind === 'done') ended.resolve(message.result);
      else {
        if (message.stack !== null) this.#options.log(message.stack);
        ended.reject(ForebayError.fromProblem(message.problem));
      }
    });
    worker.on('error', (error) => ended.reject(error));
    worker.on('exit', (code) => {
      ended.reject(
        overdue
          ? new ForebayError('cancelled', 'Cancelled.')
          : new ForebayError(
              'internal',
              `The job's thread ended by itself (${code}).`,
              'See the daemon’s log.',
            ),
      );
    });
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
    try {
      return await ended.promise;
    } catch (error) {
      if (overdue) await this.#options.cleanUp(task);
      throw error;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }
}
