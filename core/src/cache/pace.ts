import { setTimeout as sleep } from 'node:timers/promises';

/** Below this, milliseconds, a pause isn't worth a timer. */
const shortest = 20;

/** Holds reading to a number of bytes a second. */
export class Pace {
  readonly #bytesPerSecond: number;
  readonly #started = performance.now();
  #bytes = 0;

  constructor(bytesPerSecond: number) {
    this.#bytesPerSecond = bytesPerSecond;
  }

  /** Waits until this many bytes more were due. */
  async after(bytes: number, signal: AbortSignal): Promise<void> {
    this.#bytes += bytes;
    const due = this.#started + (this.#bytes / this.#bytesPerSecond) * 1000;
    const ahead = due - performance.now();
    if (ahead > shortest) await sleep(ahead, undefined, { signal }).catch(() => {});
  }
}
