import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { ForebayError } from '../../../api/errors.ts';
import { startThread } from '../../../thread.ts';
import type { Failure, WriterAnswer, WriterTask } from './writerTask.ts';

interface Pending {
  id: number;
  task: WriterTask;
  resolve: (failures: Failure[]) => void;
  reject: (error: unknown) => void;
}

/** Outstanding tasks of one thread: the next lies ready when one is done. */
const ahead = 2;

interface Thread {
  worker: Worker;
  pending: Map<number, Pending>;
}

/** Up to two threads that hash and write, started as there is work for them; a third was slower on two cores. */
export class WriterPool {
  readonly #size: number;
  readonly #threads: Thread[] = [];
  #queue: Pending[] = [];
  #nextId = 0;
  #failed: unknown;

  constructor(size: number = Math.min(2, availableParallelism())) {
    this.#size = Math.max(1, size);
  }

  run(task: WriterTask): Promise<Failure[]> {
    if (this.#failed !== undefined) return Promise.reject(this.#failed);
    return new Promise((resolve, reject) => {
      this.#queue.push({ id: this.#nextId++, task, resolve, reject });
      this.#dispatch();
    });
  }

  /** Ends the threads, whatever they are at; when it resolves, none writes any more. */
  async close(): Promise<void> {
    this.#fail(new ForebayError('cancelled', 'Writing was stopped.'));
    await Promise.all(this.#threads.map(({ worker }) => worker.terminate()));
  }

  #dispatch(): void {
    const working = this.#threads.filter(({ pending }) => pending.size > 0).length;
    const wanted = Math.min(this.#size, working + this.#queue.length);
    while (this.#threads.length < wanted) this.#threads.push(this.#start());
    for (let depth = 0; depth < ahead; depth++) {
      for (const { worker, pending } of this.#threads) {
        if (pending.size > depth) continue;
        const next = this.#queue.shift();
        if (next === undefined) return;
        pending.set(next.id, next);
        worker.postMessage({ id: next.id, task: next.task });
      }
    }
  }

  #start(): Thread {
    const thread: Thread = { worker: startThread('writer', {}), pending: new Map() };
    thread.worker.on('message', ({ id, failures }: WriterAnswer) => {
      thread.pending.get(id)?.resolve(failures);
      thread.pending.delete(id);
      this.#dispatch();
    });
    thread.worker.on('error', (error) => this.#fail(error));
    thread.worker.on('exit', () =>
      this.#fail(new ForebayError('internal', 'A writer thread ended unexpectedly.')),
    );
    return thread;
  }

  #fail(error: unknown): void {
    if (this.#failed !== undefined) return;
    this.#failed = error;
    for (const { pending } of this.#threads) for (const { reject } of pending.values()) reject(error);
    for (const { reject } of this.#queue) reject(error);
    this.#queue = [];
  }
}
