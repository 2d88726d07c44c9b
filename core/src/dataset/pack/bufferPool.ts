/**
 * Buffers of packs that are being filled or sent: how many there are bounds the memory of a sync. Shared: one that is
 * handed over counts as new memory of the thread that gets it, and V8 collects garbage for each.
 */
export class BufferPool {
  readonly #size: number;
  readonly #free: SharedArrayBuffer[] = [];
  readonly #waiting: ((buffer: SharedArrayBuffer) => void)[] = [];
  #left: number;

  constructor(most: number, size: number) {
    this.#left = most;
    this.#size = size;
  }

  take(): Promise<SharedArrayBuffer> {
    const buffer = this.#free.pop();
    if (buffer) return Promise.resolve(buffer);
    if (this.#left > 0) {
      this.#left--;
      return Promise.resolve(new SharedArrayBuffer(this.#size));
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  give(buffer: SharedArrayBuffer): void {
    const next = this.#waiting.shift();
    if (next) next(buffer);
    else this.#free.push(buffer);
  }
}
