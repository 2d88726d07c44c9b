const keyBytes = 16;
const hashBytes = 32;
const smallest = 1024;

/** SHA-256 by key in two buffers, 48 bytes each: a million of them have to fit beside everything else. */
export class HashTable {
  #keys = Buffer.alloc(smallest * keyBytes);
  #hashes = Buffer.alloc(smallest * hashBytes);
  #slots = smallest;
  #used = 0;

  /** `key`: 16 random bytes. Two hashes for one key: neither is believed, and none is given. */
  set(key: Buffer, hash: Buffer): void {
    if (this.#used >= this.#slots * 0.75) this.#grow();
    const at = this.#find(key);
    if (this.#isFree(at)) {
      this.#used++;
      this.#put(at, key, hash);
    } else if (!this.#hashAt(at).equals(hash)) this.#hashAt(at).fill(0);
  }

  /** Hex. */
  get(key: Buffer): string | undefined {
    const at = this.#find(key);
    if (this.#isFree(at)) return undefined;
    const hash = this.#hashAt(at);
    return hash.equals(disputed) ? undefined : hash.toString('hex');
  }

  #find(key: Buffer): number {
    let at = key.readUInt32LE(0) % this.#slots;
    while (!this.#isFree(at) && key.compare(this.#keys, at * keyBytes, (at + 1) * keyBytes) !== 0) {
      at = (at + 1) % this.#slots;
    }
    return at;
  }

  #isFree(at: number): boolean {
    return this.#keys.compare(noKey, 0, keyBytes, at * keyBytes, (at + 1) * keyBytes) === 0;
  }

  #hashAt(at: number): Buffer {
    return this.#hashes.subarray(at * hashBytes, (at + 1) * hashBytes);
  }

  #put(at: number, key: Buffer, hash: Buffer): void {
    this.#keys.set(key, at * keyBytes);
    this.#hashes.set(hash, at * hashBytes);
  }

  #grow(): void {
    const [keys, hashes, slots] = [this.#keys, this.#hashes, this.#slots];
    this.#slots *= 2;
    this.#keys = Buffer.alloc(this.#slots * keyBytes);
    this.#hashes = Buffer.alloc(this.#slots * hashBytes);
    for (let at = 0; at < slots; at++) {
      const key = keys.subarray(at * keyBytes, (at + 1) * keyBytes);
      if (key.equals(noKey)) continue;
      this.#put(this.#find(key), key, hashes.subarray(at * hashBytes, (at + 1) * hashBytes));
    }
  }
}

const noKey = Buffer.alloc(keyBytes);
const disputed = Buffer.alloc(hashBytes);
