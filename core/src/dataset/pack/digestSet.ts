const bytes = 32;
const fewest = 16;

/**
 * SHA-256 digests in memory that threads share: a table of 32-byte slots, at most two thirds full, where a digest stands in
 * the first free slot from the one that its first four bytes name (linear probing). Zeros are a free slot.
 */
export class DigestSet {
  #shared: SharedArrayBuffer;
  #table: Buffer;
  #length = 0;

  constructor(shared = new SharedArrayBuffer(fewest * bytes)) {
    this.#shared = shared;
    this.#table = Buffer.from(shared);
  }

  /** Of hex digests. */
  static of(digests: Iterable<string>): DigestSet {
    const set = new DigestSet();
    for (const hex of digests) set.add(Buffer.from(hex, 'hex'));
    return set;
  }

  get shared(): SharedArrayBuffer {
    return this.#shared;
  }

  get slots(): number {
    return this.#table.length / bytes;
  }

  has(digest: Buffer): boolean {
    return !this.#isFree(this.#slotFor(digest));
  }

  /** Where a digest stands, or -1; slots move only when `add` says so. */
  slotOf(digest: Buffer): number {
    const slot = this.#slotFor(digest);
    return this.#isFree(slot) ? -1 : slot;
  }

  /**
   * Gives the slot. `moved` hears first of a table that grows: for each old slot its new one.
   * Not while other threads look: they go on with the table that they were given.
   */
  add(digest: Buffer, moved: (from: number, to: number) => void = () => {}): number {
    if ((this.#length + 1) * 3 > this.slots * 2) this.#grow(moved);
    const slot = this.#slotFor(digest);
    if (this.#isFree(slot)) {
      digest.copy(this.#table, slot * bytes, 0, bytes);
      this.#length++;
    }
    return slot;
  }

  #grow(moved: (from: number, to: number) => void): void {
    const [old, slots] = [this.#table, this.slots];
    this.#shared = new SharedArrayBuffer(2 * slots * bytes);
    this.#table = Buffer.from(this.#shared);
    for (let from = 0; from < slots; from++) {
      if (isZero(old, from * bytes)) continue;
      const digest = old.subarray(from * bytes, (from + 1) * bytes);
      const to = this.#slotFor(digest);
      digest.copy(this.#table, to * bytes);
      moved(from, to);
    }
  }

  #slotFor(digest: Buffer): number {
    const mask = this.slots - 1;
    for (let slot = digest.readUInt32LE(0) & mask; ; slot = (slot + 1) & mask) {
      const at = slot * bytes;
      if (this.#isFree(slot) || this.#table.compare(digest, 0, bytes, at, at + bytes) === 0) return slot;
    }
  }

  #isFree(slot: number): boolean {
    return isZero(this.#table, slot * bytes);
  }
}

function isZero(table: Buffer, at: number): boolean {
  for (let i = at; i < at + bytes; i += 4) if (table.readUInt32LE(i) !== 0) return false;
  return true;
}
