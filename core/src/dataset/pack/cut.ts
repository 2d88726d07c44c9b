import { hash } from 'node:crypto';

/** Bytes of a chunk. */
export interface CutSizes {
  least: number;
  /** A power of two. */
  average: number;
  most: number;
}

export const cutSizes: CutSizes = { least: 2 ** 20, average: 4 * 2 ** 20, most: 16 * 2 ** 20 };

/** Of byte b: the first four bytes of SHA-256(b), big-endian. */
const gear = Int32Array.from({ length: 256 }, (_, byte) =>
  hash('sha256', Uint8Array.of(byte), 'buffer').readInt32BE(),
);

/** Bits more and fewer that a cut must meet before and after the average size (normalised chunking). */
const normalisation = 2;

/**
 * Cuts content where a hash of its last bytes says so, so that an edit moves the cuts near it and no others: FastCDC
 * (Xia et al., USENIX ATC 2016; IEEE TPDS 2020), normalised. The hash looks back 32 bytes; its upper bits, which do, decide.
 */
export class Cutter {
  readonly #sizes: CutSizes;
  readonly #strict: number;
  readonly #loose: number;
  #length = 0;
  #hash = 0;
  #at = 0;

  constructor(sizes: CutSizes = cutSizes) {
    this.#sizes = sizes;
    const bits = Math.log2(sizes.average);
    this.#strict = upperBits(bits + normalisation);
    this.#loose = upperBits(bits - normalisation);
  }

  /** Goes on through `bytes` from `from` to `to`; the position behind the chunk's end, or -1 where it isn't there yet. */
  next(bytes: Uint8Array, from: number, to: number): number {
    const { least, average, most } = this.#sizes;
    const start = from - this.#length;
    this.#at = Math.max(from, Math.min(to, start + least));
    const found =
      this.#scan(bytes, Math.min(to, start + average), this.#strict) ||
      this.#scan(bytes, Math.min(to, start + most), this.#loose) ||
      this.#at === start + most;
    if (!found) {
      this.#length = to - start;
      return -1;
    }
    this.end();
    return this.#at;
  }

  /** The next byte begins a chunk, whatever was before. */
  end(): void {
    this.#length = 0;
    this.#hash = 0;
  }

  /** The inner loop, kept to what one byte needs. */
  #scan(bytes: Uint8Array, end: number, mask: number): boolean {
    let h = this.#hash | 0;
    for (let at = this.#at; at < end; at++) {
      h = ((h << 1) + (gear[bytes[at] as number] as number)) | 0;
      if ((h & mask) !== 0) continue;
      this.#at = at + 1;
      return true;
    }
    this.#hash = h;
    this.#at = Math.max(this.#at, end);
    return false;
  }
}

function upperBits(count: number): number {
  return (-1 << (32 - count)) | 0;
}
