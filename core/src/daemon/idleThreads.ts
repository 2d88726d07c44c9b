import type { Worker } from 'node:worker_threads';
import type { ToThread } from './threadMessages.ts';

/** Milliseconds that a thread waits for its next task: for as long as somebody is at work, but not at rest. */
const patience = 10_000;

/** Threads that wait for a task: one of each kind at most. */
export class IdleThreads<Name extends string> {
  readonly #waiting = new Map<Name, { worker: Worker; timer: NodeJS.Timeout }>();

  keep(name: Name, worker: Worker): void {
    const end = () => worker.postMessage({ kind: 'end' } satisfies ToThread);
    if (this.#waiting.has(name)) {
      end();
      return;
    }
    worker.unref();
    const timer = setTimeout(() => {
      this.#waiting.delete(name);
      end();
    }, patience).unref();
    this.#waiting.set(name, { worker, timer });
  }

  take(name: Name): Worker | undefined {
    const found = this.#waiting.get(name);
    if (!found) return undefined;
    clearTimeout(found.timer);
    this.#waiting.delete(name);
    found.worker.ref();
    return found.worker;
  }

  /** A thread has ended. */
  drop(worker: Worker): void {
    for (const [name, waiting] of this.#waiting) {
      if (waiting.worker !== worker) continue;
      clearTimeout(waiting.timer);
      this.#waiting.delete(name);
    }
  }
}
