const bytes = 32;

/** SHA-256 digests in a sorted table that threads share: 32 bytes each, found by halving. */
export class DigestSet {
  readonly shared: SharedArrayBuffer;
  readonly #table: Buffer;

  constructor(shared: SharedArrayBuffer) {
    this.shared = shared;
    this.#table = Buffer.from(shared);
  }

  /** Of hex digests. */
  static of(digests: Iterable<string>): DigestSet {
    const sorted = [...digests].sort();
    const set = new DigestSet(new SharedArrayBuffer(sorted.length * bytes));
    for (const [i, hex] of sorted.entries()) set.#table.write(hex, i * bytes, 'hex');
    return set;
  }

  get size(): number {
    return this.#table.length / bytes;
  }

  has(digest: Buffer): boolean {
    let low = 0;
    let high = this.#table.length / bytes;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.#table.compare(digest, 0, bytes, middle * bytes, (middle + 1) * bytes);
      if (order === 0) return true;
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return false;
  }
}
