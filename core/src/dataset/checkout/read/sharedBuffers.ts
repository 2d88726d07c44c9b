import { maxRead } from './planReads.ts';

/** Memory that all threads see, used again and again: as many buffers as there are reads at once. */
export class SharedBuffers {
  readonly #free: SharedArrayBuffer[] = [];

  /** A buffer that holds a read's bytes; whatever was in it still is. */
  take(): SharedArrayBuffer {
    return this.#free.pop() ?? new SharedArrayBuffer(maxRead);
  }

  /** Only once no task reads it any more. */
  giveBack(buffer: SharedArrayBuffer): void {
    this.#free.push(buffer);
  }
}
