import type { Part } from '../entry.ts';
import type { PackedChunk, Stored } from '../pack/messages.ts';
import type { KnownChunk, KnownChunks, KnownContents } from './locate.ts';

/** Where the contents of this sync lie: in new packs, or where the lake had them. */
export class Places {
  readonly #known: KnownContents;
  readonly #chunks: KnownChunks;
  readonly #packs: { name: string; size: number }[] = [];
  readonly #sizes = new Map<string, number>();
  /** Packs of an earlier attempt. */
  readonly #earlier = new Set<string>();
  /** Of each file: the pack's number (-1: none), the offset in it, and bytes there where it is compressed (else 0). */
  readonly #pack: Int32Array;
  readonly #offset: Uint32Array;
  readonly #squeezed: Uint32Array;
  /** Of large files, the hashes of their chunks in order. */
  readonly #cuts = new Map<number, string[]>();

  constructor(files: number, known: KnownContents, chunks: KnownChunks) {
    this.#known = known;
    this.#chunks = chunks;
    this.#pack = new Int32Array(files).fill(-1);
    this.#offset = new Uint32Array(files);
    this.#squeezed = new Uint32Array(files);
  }

  addPack(name: string, size: number, earlier = false): void {
    this.#packs.push({ name, size });
    this.#sizes.set(name, size);
    if (earlier) this.#earlier.add(name);
  }

  /** Of a pack of this sync, bytes. */
  packSize(name: string): number | undefined {
    return this.#sizes.get(name);
  }

  /** A whole file in the pack that was added last. */
  addFile(file: number, { offset, length, codec }: Stored): void {
    this.#pack[file] = this.#packs.length - 1;
    this.#offset[file] = offset;
    this.#squeezed[file] = codec === 'zstd' ? length : 0;
  }

  /** Chunks in the pack that was added last. */
  addChunks(chunks: PackedChunk[]): void {
    const pack = this.#packs.at(-1)?.name ?? '';
    for (const { sha256, offset, length, codec, size } of chunks) {
      this.#chunks.set(sha256, { pack, offset, length, codec, size, sha256 });
    }
  }

  /** A large file consists of these chunks. */
  addCut(file: number, chunks: string[]): void {
    this.#cuts.set(file, chunks);
  }

  /** Hashes of the chunks that need not be sent again. */
  knownChunks(): Iterable<string> {
    return this.#chunks.keys();
  }

  /** Packs of this sync in which nothing is that a file consists of. */
  unusedPacks(): string[] {
    const used = new Set(Array.from(this.#pack, (number) => this.#packs[number]?.name));
    for (const { pack } of this.#usedChunks()) used.add(pack);
    return this.#packs.flatMap(({ name }) => (used.has(name) || this.#earlier.has(name) ? [] : [name]));
  }

  /** Bytes in the lake that an earlier attempt sent, and that need not be sent again. */
  earlierBytes(sizeOf: (file: number) => number): number {
    let bytes = 0;
    if (this.#earlier.size === 0) return bytes;
    for (const [file, number] of this.#pack.entries()) {
      if (!this.#earlier.has(this.#packs[number]?.name ?? '')) continue;
      bytes += this.#squeezed[file] || sizeOf(file);
    }
    for (const { pack, length } of this.#usedChunks()) if (this.#earlier.has(pack)) bytes += length;
    return bytes;
  }

  partsOf(file: number, size: number, sha256: string): Part[] {
    if (size === 0) return [];
    const pack = this.#packs[this.#pack[file] ?? -1];
    const offset = this.#offset[file] ?? 0;
    const squeezed = this.#squeezed[file] ?? 0;
    if (pack) {
      return [
        squeezed > 0
          ? { pack: pack.name, offset, length: squeezed, codec: 'zstd', size }
          : { pack: pack.name, offset, length: size, codec: 'raw', size },
      ];
    }
    const cut = this.#cuts.get(file);
    const parts = cut ? cut.map((chunk) => this.#chunks.get(chunk)) : this.#known.get(sha256);
    if (!parts?.every((part) => part !== undefined)) {
      throw new Error(`No place in the lake for file ${file} (${sha256}).`);
    }
    return parts;
  }

  #usedChunks(): KnownChunk[] {
    const used = new Set([...this.#cuts.values()].flat());
    return [...used].flatMap((chunk) => this.#chunks.get(chunk) ?? []);
  }
}
