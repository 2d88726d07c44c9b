import { setTimeout } from 'node:timers/promises';
import type { Lake } from '../../lake/lake.ts';

const discardWithin = 1500;
const deletesAtOnce = 16;

/** What one attempt has sent to the lake; nobody sees it before the commit names it. */
export class Uploads {
  readonly #lake: Lake;
  readonly #signal: AbortSignal;
  readonly #keys = new Set<string>();
  readonly #running = new Set<Promise<void>>();
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
    this.#running.add(running);
    try {
      await running;
    } finally {
      this.#running.delete(running);
    }
    this.bytes += body.length;
  }

  /** Counts what an earlier attempt sent as this one's. */
  adopt(keys: Iterable<string>): void {
    for (const key of keys) this.#keys.add(key);
  }

  /**
   * Deletes what nobody is going to name, as far as that is quick; what is left is garbage to be collected.
   * Waits for what is still on its way, lest it arrive after it was deleted.
   */
  async discard(which: (key: string) => boolean = () => true): Promise<void> {
    const stop = new AbortController();
    const timer = setTimeout(discardWithin, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([this.#delete(which, stop.signal), timer]);
    stop.abort();
  }

  async #delete(which: (key: string) => boolean, signal: AbortSignal): Promise<void> {
    await Promise.allSettled(this.#running);
    const todo = [...this.#keys].filter(which);
    const work = async () => {
      for (let key = todo.pop(); key !== undefined && !signal.aborted; key = todo.pop()) {
        this.#keys.delete(key);
        await this.#lake.delete(key).catch(() => undefined);
      }
    };
    await Promise.all(Array.from({ length: deletesAtOnce }, work));
  }
}
