import { setTimeout } from 'node:timers/promises';
import type { Lake } from '../../lake/lake.ts';

const discardWithin = 1500;
const deletesAtOnce = 16;

/** What one attempt has sent to the lake; nobody sees it before the commit names it. */
export class Uploads {
  readonly #lake: Lake;
  readonly #signal: AbortSignal;
  readonly #keys = new Set<string>();
  bytes = 0;

  constructor(lake: Lake, signal: AbortSignal) {
    this.#lake = lake;
    this.#signal = signal;
  }

  async put(key: string, body: Uint8Array): Promise<void> {
    this.#signal.throwIfAborted();
    this.#keys.add(key);
    await this.#lake.put(key, body, { signal: this.#signal });
    this.bytes += body.length;
  }

  /** Deletes what nobody is going to name, as far as that is quick; what is left is garbage to be collected. */
  async discard(keys: Iterable<string> = [...this.#keys]): Promise<void> {
    const todo = [...keys];
    const stop = new AbortController();
    const workers = Array.from({ length: deletesAtOnce }, async () => {
      for (let key = todo.pop(); key !== undefined && !stop.signal.aborted; key = todo.pop()) {
        this.#keys.delete(key);
        await this.#lake.delete(key).catch(() => undefined);
      }
    });
    const timer = setTimeout(discardWithin, undefined, { signal: stop.signal }).catch(() => undefined);
    await Promise.race([Promise.all(workers), timer]);
    stop.abort();
  }
}
