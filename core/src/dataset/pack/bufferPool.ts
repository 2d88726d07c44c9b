/** Buffers of packs that are being filled or sent: how many there are bounds the memory of a sync. */
export class BufferPool {
  readonly #size: number;
  readonly #free: ArrayBuffer[] = [];
  readonly #waiting: ((buffer: ArrayBuffer) => void)[] = [];
  #left: number;

  constructor(most: number, size: number) {
    this.#left = most;
    this.#size = size;
  }

  take(): Promise<ArrayBuffer> {
    const buffer = this.#free.pop();
    if (buffer) return Promise.resolve(buffer);
    if (this.#left > 0) {
      this.#left--;
      return Promise.resolve(new ArrayBuffer(this.#size));
    }
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** Gives the memory back at once: the collector takes its time, and it counts for much. */
  end(): void {
    for (const buffer of this.#free.splice(0)) buffer.transfer(0);
  }

  give(buffer: ArrayBuffer): void {
    const next = this.#waiting.shift();
    if (next) next(buffer);
    else this.#free.push(buffer);
  }
}
