const words = 4;
const hashBytes = 32;
const smallest = 1024;

/** SHA-256 by key in two buffers, 48 bytes each: a million of them have to fit beside everything else. */
export class HashTable {
  #keys = new Uint32Array(smallest * words);
  #hashes = Buffer.alloc(smallest * hashBytes);
  #slots = smallest;
  #used = 0;

  /** `key`: four random numbers. Two hashes for one key: neither is believed, and none is given. */
  set(key: Uint32Array, hash: Buffer): void {
    if (this.#used >= this.#slots * 0.75) this.#grow();
    const at = this.#find(key);
    if (this.#isFree(at)) {
      this.#used++;
      this.#put(at, key, hash);
    } else if (!this.#hashAt(at).equals(hash)) this.#hashAt(at).fill(0);
  }

  /** Hex. */
  get(key: Uint32Array): string | undefined {
    const at = this.#find(key);
    if (this.#isFree(at)) return undefined;
    const hash = this.#hashAt(at);
    return hash.equals(disputed) ? undefined : hash.toString('hex');
  }

  #find(key: Uint32Array): number {
    let at = (key[0] as number) % this.#slots;
    while (!this.#isFree(at) && !this.#has(at, key)) at = (at + 1) % this.#slots;
    return at;
  }

  #has(at: number, key: Uint32Array): boolean {
    for (let word = 0; word < words; word++) if (this.#keys[at * words + word] !== key[word]) return false;
    return true;
  }

  #isFree(at: number): boolean {
    return this.#has(at, noKey);
  }

  #hashAt(at: number): Buffer {
    return this.#hashes.subarray(at * hashBytes, (at + 1) * hashBytes);
  }

  #put(at: number, key: Uint32Array, hash: Buffer): void {
    this.#keys.set(key, at * words);
    this.#hashes.set(hash, at * hashBytes);
  }

  #grow(): void {
    const [keys, hashes, slots] = [this.#keys, this.#hashes, this.#slots];
    this.#slots *= 2;
    this.#keys = new Uint32Array(this.#slots * words);
    this.#hashes = Buffer.alloc(this.#slots * hashBytes);
    for (let at = 0; at < slots; at++) {
      const key = keys.subarray(at * words, (at + 1) * words);
      if (key.some((word) => word !== 0)) {
        this.#put(this.#find(key), key, hashes.subarray(at * hashBytes, (at + 1) * hashBytes));
      }
    }
  }
}

const noKey = new Uint32Array(words);
const disputed = Buffer.alloc(hashBytes);
