import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { startThread } from '../../thread.ts';
import type { Listed } from './list.ts';
import type { Run } from './run.ts';
import type { StatAnswer, StatRequest } from './statThread.ts';

/** Requests before one is worth a thread of its own. */
const fewest = 4;
/** Requests under way: the next lies ready when one is done. */
const ahead = 2;

/** A second thread that looks at a folder's files beside the one that walks it, where there is a core for it. */
export class StatHelper {
  readonly #top: string;
  readonly #pending = new Map<number, (runs: StatAnswer['runs']) => void>();
  #worker: Worker | undefined;
  #ended = false;
  #asked = 0;

  constructor(top: string) {
    this.#top = top;
  }

  /** Undefined where it has no time; resolves to undefined where something couldn't be looked at. */
  stat(listed: Listed[]): Promise<Run[] | undefined> | undefined {
    const id = this.#asked++;
    if (id < fewest || this.#ended || this.#pending.size === ahead) return undefined;
    if (availableParallelism() === 1) return undefined;
    this.#worker ??= this.#start();
    this.#worker.postMessage({ id, top: this.#top, listed } satisfies StatRequest);
    const { promise, resolve } = Promise.withResolvers<StatAnswer['runs']>();
    this.#pending.set(id, resolve);
    return promise.then((runs) => runs?.map((run, at) => ({ ...(listed[at] as Listed), ...run })));
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }

  #start(): Worker {
    const worker = startThread('stat', undefined);
    worker.on('message', ({ id, runs }: StatAnswer) => {
      this.#pending.get(id)?.(runs);
      this.#pending.delete(id);
    });
    const giveUp = () => {
      this.#ended = true;
      for (const resolve of this.#pending.values()) resolve(undefined);
    };
    worker.on('error', giveUp).on('exit', giveUp);
    return worker;
  }
}
