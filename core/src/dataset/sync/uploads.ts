import { setTimeout } from 'node:timers/promises';
import type { Lake } from '../../lake/lake.ts';

const discardWithin = 1500;
const deletesAtOnce = 16;
const lateLooks = 4;
const lateEvery = 150;

/** What one attempt has sent to the lake; nobody sees it before the commit names it. */
export class Uploads {
  readonly #lake: Lake;
  readonly #signal: AbortSignal;
  readonly #keys = new Set<string>();
  readonly #running = new Map<string, Promise<void>>();
  /** That this attempt has sent. */
  bytes = 0;

  constructor(lake: Lake, signal: AbortSignal) {
    this.#lake = lake;
    this.#signal = signal;
  }

  async put(key: string, body: Uint8Array): Promise<void> {
    this.#signal.throwIfAborted();
    this.#keys.add(key);
    const running = this.#lake.put(key, body, { signal: this.#signal });
    this.#running.set(key, running);
    try {
      await running;
    } finally {
      this.#running.delete(key);
    }
    this.bytes += body.length;
  }

  /** Counts what an earlier attempt sent as this one's. */
  adopt(keys: Iterable<string>): void {
    for (const key of keys) this.#keys.add(key);
  }

  /**
   * Deletes what nobody is going to name, as far as that is quick; what is left is garbage to be collected.
   * A store may still be finishing what was aborted on its way, so that is looked for again.
   */
  async discard(which: (key: string) => boolean = () => true): Promise<void> {
    const aborted = [...this.#running.keys()].filter(which);
    const stop = new AbortController();
    const timer = setTimeout(discardWithin, undefined, { signal: stop.signal }).catch(() => undefined);
    const work = async () => {
      await Promise.allSettled(this.#running.values());
      await this.#delete([...this.#keys].filter(which), stop.signal);
      await this.#deleteLate(aborted, stop.signal);
    };
    await Promise.race([work().catch(() => undefined), timer]);
    stop.abort();
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
      const sizes = await Promise.all(keys.map((key) => this.#lake.head(key)));
      await this.#delete(
        keys.filter((_, at) => sizes[at] !== undefined),
        signal,
      );
    }
  }
}
