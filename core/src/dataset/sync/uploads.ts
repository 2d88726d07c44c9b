import { setTimeout } from 'node:timers/promises';
import type { Lake } from '../../lake/lake.ts';

const discardWithin = 1500;
const deletesAtOnce = 16;
const lateLooks = 4;
const lateEvery = 150;

/**
 * What one sync, and nobody else, has sent to the lake. Only these are ever deleted again, and only while every commit
 * that was sent and names them is known never to arrive.
 */
export class Uploads {
  readonly #lake: Lake;
  readonly #signal: AbortSignal;
  readonly #keys = new Set<string>();
  readonly #kept = new Set<string>();
  readonly #aborted = new Set<string>();
  readonly #running = new Map<string, { stop: AbortController; settled: Promise<void> }>();
  #named = false;
  /** That this sync has sent. */
  bytes = 0;

  constructor(lake: Lake, signal: AbortSignal) {
    this.#lake = lake;
    this.#signal = signal;
  }

  get lakeUrl(): string {
    return this.#lake.url;
  }

  async put(key: string, body: Uint8Array): Promise<void> {
    this.#signal.throwIfAborted();
    this.#keys.add(key);
    const stop = new AbortController();
    const signal = AbortSignal.any([this.#signal, stop.signal]);
    const sent = this.#lake.put(key, body, { signal });
    const settled = sent.catch(() => undefined);
    this.#running.set(key, { stop, settled });
    try {
      await sent;
    } catch (error) {
      if (signal.aborted) this.#aborted.add(key);
      throw error;
    } finally {
      this.#running.delete(key);
    }
    this.bytes += body.length;
  }

  /** Whether a commit that names them was sent, and may have arrived or still arrive: then nothing is deleted. */
  get named(): boolean {
    return this.#named;
  }

  commitSent(): void {
    this.#named = true;
  }

  /** It is certain that the commit never arrives. */
  commitRefused(): void {
    this.#named = false;
  }

  /** A later sync may use it: the journal of uploads is about to name it. */
  keep(key: string): void {
    this.#kept.add(key);
  }

  isKept(key: string): boolean {
    return this.#kept.has(key);
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  /** Stops what is under way, and waits until it is no more. */
  async stop(which: (key: string) => boolean = () => true): Promise<void> {
    const running = [...this.#running].filter(([key]) => which(key)).map(([, put]) => put);
    for (const { stop } of running) stop.abort();
    await Promise.all(running.map(({ settled }) => settled));
  }

  /**
   * Deletes what nobody is going to name, as far as that is quick; what is left is garbage to be collected.
   * A store may still be finishing what was aborted on its way, so that is looked for again.
   */
  async discard(which: (key: string) => boolean = () => true): Promise<void> {
    if (this.#named) return;
    const end = new AbortController();
    const timer = setTimeout(discardWithin, undefined, { signal: end.signal }).catch(() => undefined);
    const work = async () => {
      await this.stop(which);
      const aborted = [...this.#aborted].filter(which);
      await this.#delete([...this.#keys].filter(which), end.signal);
      await this.#deleteLate(aborted, end.signal);
    };
    await Promise.race([work().catch(() => undefined), timer]);
    end.abort();
  }

  async #delete(keys: string[], signal: AbortSignal): Promise<void> {
    const todo = [...keys];
    const work = async () => {
      for (let key = todo.pop(); key !== undefined && !signal.aborted; key = todo.pop()) {
        this.#keys.delete(key);
        await this.#lake.delete(key).catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: deletesAtOnce }, work));
  }

  async #deleteLate(keys: string[], signal: AbortSignal): Promise<void> {
    for (let look = 0; look < lateLooks && keys.length > 0 && !signal.aborted; look++) {
      await setTimeout(lateEvery, undefined, { signal });
      const sizes = await Promise.all(keys.map((key) => this.#lake.head(key, { signal })));
      await this.#delete(
        keys.filter((_, at) => sizes[at] !== undefined),
        signal,
      );
    }
  }
}
