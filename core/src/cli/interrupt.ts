/** A Ctrl-C reaches a wrapper and its child both; what follows the first this soon (milliseconds) is the same one. */
const sameSignal = 300;

/**
 * What Ctrl-C (or SIGTERM) means: the first cancels the command's own job, whose outcome is still waited for;
 * where nothing can be cancelled, and the second time, the command ends at once.
 */
export class Interrupts {
  readonly #abort = new AbortController();
  readonly #onEnd: () => void;
  #busy = 0;
  #elsewhere = 0;
  #first = 0;

  /** `onEnd` says that it was cancelled and ends the process. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** While `work` runs, an interrupt only aborts `signal`. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#busy++;
    try {
      return await work();
    } finally {
      this.#busy--;
    }
  }

  /** While `work` runs, an interrupt is somebody else's to deal with, however often it comes. */
  async elsewhere<T>(work: () => Promise<T>): Promise<T> {
    this.#elsewhere++;
    try {
      return await work();
    } finally {
      this.#elsewhere--;
    }
  }

  interrupt(now: number = Date.now()): void {
    if (this.#elsewhere > 0) return;
    if (this.signal.aborted && now - this.#first < sameSignal) return;
    const again = this.signal.aborted;
    if (!again) this.#first = now;
    this.#abort.abort();
    if (this.#busy === 0 || again) this.#onEnd();
  }
}
