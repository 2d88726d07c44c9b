import type { Transfer } from '../transfer.ts';
import type { Read } from './planReads.ts';

/**
 * Counts a read while it comes as the part of its files that it is, so that progress grows by the network's pace
 * and not by the read; each file then counts itself.
 */
export class Arrival {
  readonly #transfer: Transfer;
  readonly #length: number;
  /** Bytes of its files. */
  readonly #worth: number;
  #arrived = 0;
  #counted = 0;

  constructor({ files, range }: Read, transfer: Transfer) {
    this.#transfer = transfer;
    this.#length = range.length;
    this.#worth = files.reduce((sum, { entry }) => sum + entry.size, 0);
  }

  readonly count = (bytes: number): void => {
    this.#arrived += bytes;
    this.#countTo(Math.round((this.#worth * Math.min(this.#arrived, this.#length)) / this.#length));
  };

  /** The transfer for those who write the read's files. */
  get handingOver(): Transfer {
    const { done } = this.#transfer;
    return {
      ...this.#transfer,
      done: (file) => {
        this.#countTo(Math.max(0, this.#counted - file.size));
        done(file);
      },
    };
  }

  /** What came of files that were not written counts no more. */
  end(): void {
    this.#countTo(0);
  }

  #countTo(bytes: number): void {
    if (bytes !== this.#counted) this.#transfer.coming(bytes - this.#counted);
    this.#counted = bytes;
  }
}
