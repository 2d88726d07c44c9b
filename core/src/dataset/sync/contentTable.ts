import type { Part } from '../entry.ts';
import { DigestSet } from '../pack/digestSet.ts';

/** Of each: the pack's number, offset, stored bytes, size. */
const columns = 4;
/** In place of a pack's number: it lies otherwise. */
const otherwise = 0xffffffff;
/** More contents than these are not remembered: a bound on memory (some 70 bytes each). */
const most = 2_000_000;

/**
 * Where contents lie that the lake has already, by SHA-256, in columns: of a million files an object each would not fit
 * the memory that a sync may take.
 */
export class ContentTable {
  readonly #digests = new DigestSet();
  #places = new Uint32Array(this.#digests.slots * columns);
  readonly #packs: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Of several parts, and what the columns can't say; few, since such files are large. */
  readonly #others = new Map<string, Part[]>();
  #length = 0;

  get isEmpty(): boolean {
    return this.#length === 0;
  }

  /** For threads that look what there is; nothing may be added after that. */
  get shared(): SharedArrayBuffer {
    return this.#digests.shared;
  }

  /** An imported object is the identity of one file: another file of the same content is not that object. */
  add(sha256: string, parts: Part[]): void {
    if (this.#length === most || parts.length === 0 || parts.some((part) => 'external' in part)) return;
    const before = this.#places;
    let grown = before;
    const slot = this.#digests.add(Buffer.from(sha256, 'hex'), (from, to) => {
      if (grown === before) grown = new Uint32Array(2 * before.length);
      grown.set(before.subarray(from * columns, (from + 1) * columns), to * columns);
    });
    this.#places = grown;
    this.#places.set(this.#placeOf(sha256, parts), slot * columns);
    this.#length++;
  }

  partsOf(sha256: string): Part[] | undefined {
    const slot = this.#digests.slotOf(Buffer.from(sha256, 'hex'));
    if (slot < 0) return undefined;
    const at = slot * columns;
    const [pack, offset, length, size] = this.#places.slice(at, at + columns);
    if (pack === otherwise) return this.#others.get(sha256);
    const codec = length === size ? 'raw' : 'zstd';
    return [{ pack: this.#packs[pack as number], offset, length, codec, size } as Part];
  }

  #placeOf(sha256: string, parts: Part[]): number[] {
    const [part] = parts;
    const plain =
      parts.length === 1 &&
      part !== undefined &&
      'pack' in part &&
      (part.codec === 'raw') === (part.length === part.size) &&
      Math.max(part.offset, part.size) < 2 ** 32;
    if (plain) return [this.#numberOf(part.pack), part.offset, part.length, part.size];
    this.#others.set(sha256, parts);
    return [otherwise, 0, 0, 0];
  }

  #numberOf(pack: string): number {
    const known = this.#numbers.get(pack);
    if (known !== undefined) return known;
    this.#numbers.set(pack, this.#packs.length);
    return this.#packs.push(pack) - 1;
  }
}
