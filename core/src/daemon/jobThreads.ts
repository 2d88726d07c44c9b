import type { Worker } from 'node:worker_threads';
import { ForebayError } from '../api/errors.ts';
import type { Control } from '../dataset/progress.ts';
import type { Task } from '../hub/jobs/task.ts';
import { startThread } from '../thread.ts';
import { IdleThreads } from './idleThreads.ts';
import type { FromThread, ToThread } from './threadMessages.ts';

/** A job that was told to stop has this long, milliseconds; then its thread is ended. */
const patience = 1300;

type JobThreadName = 'job' | 'fetching-job';

/** Whether most of what a task does is to get a whole version's files from the lake. */
function threadFor(task: Task): JobThreadName {
  const fetches =
    task.kind === 'clone' || task.kind === 'verify' || (task.kind === 'fill' && task.reuse.length === 0);
  return fetches ? 'fetching-job' : 'job';
}

export interface ThreadOptions {
  /** Gets the stack of what nobody foresaw. */
  log: (error: unknown) => void;
  /** Removes what a task left when its thread had to be ended. */
  cleanUp: (task: Task) => Promise<void>;
}

/**
 * Runs each task in a thread of its own, so that the daemon's main thread only answers. A thread that did little is used
 * again: to load the program takes longer than most tasks.
 */
export class JobThreads {
  readonly #workers = new Set<Worker>();
  readonly #idle = new IdleThreads<JobThreadName>();
  readonly #options: ThreadOptions;

  constructor(options: ThreadOptions) {
    this.#options = options;
  }

  /** Rejects with what the task threw; with `cancelled` soon after the signal is aborted. */
  async run(task: Task, control: Control): Promise<unknown> {
    const name = threadFor(task);
    const worker = this.#idle.take(name) ?? this.#start(name);
    return this.#follow(worker, task, control, () => this.#idle.keep(name, worker));
  }

  /** Ends every thread as a crash would: what they do is made for that. */
  async kill(): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #start(name: JobThreadName): Worker {
    const worker = startThread(name, undefined);
    this.#workers.add(worker);
    worker.on('error', this.#options.log);
    worker.on('exit', () => {
      this.#workers.delete(worker);
      this.#idle.drop(worker);
    });
    return worker;
  }

  async #follow(worker: Worker, task: Task, { signal, report }: Control, keep: () => void): Promise<unknown> {
    const ended = Promise.withResolvers<unknown>();
    const send = (message: ToThread) => worker.postMessage(message);
    let timer: NodeJS.Timeout | undefined;
    let overdue = false;
    let phase = '';
    const stop = () => {
      send({ kind: 'stop' });
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
    const onMessage = (message: FromThread) => {
      if (message.kind === 'progress') {
        phase = message.tally.phase;
        report(message.tally);
        return;
      }
      if (message.goesOn && !overdue) keep();
      if (message.kind === 'done') return ended.resolve(message.result);
      if (message.stack !== null) this.#options.log(message.stack);
      ended.reject(ForebayError.fromProblem(message.problem));
    };
    const onExit = (code: number) => {
      ended.reject(overdue ? new ForebayError('cancelled', 'Cancelled.') : endedByItself(code));
    };
    worker.on('message', onMessage).on('error', ended.reject).on('exit', onExit);
    send({ kind: 'perform', task });
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
      worker.off('message', onMessage).off('error', ended.reject).off('exit', onExit);
    }
  }
}

function endedByItself(code: number): ForebayError {
  return new ForebayError('internal', `The job's thread ended by itself (${code}).`, 'See the daemon’s log.');
}
