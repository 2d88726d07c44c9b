import type { Part } from '../entry.ts';
import type { KnownContents } from './locate.ts';

/** Where the contents of this sync lie: in new packs, or where the lake had them. */
export class Places {
  readonly #known: KnownContents;
  readonly #packs: { name: string; size: number }[] = [];
  readonly #sizes = new Map<string, number>();
  /** Of each file: the pack's number (-1: none) and the offset in it. */
  readonly #pack: Int32Array;
  readonly #offset: Uint32Array;
  readonly #large = new Map<number, Part[]>();

  constructor(files: number, known: KnownContents) {
    this.#known = known;
    this.#pack = new Int32Array(files).fill(-1);
    this.#offset = new Uint32Array(files);
  }

  addPack(name: string, size: number): void {
    this.#packs.push({ name, size });
    this.#sizes.set(name, size);
  }

  /** Of a pack of this sync, bytes. */
  packSize(name: string): number | undefined {
    return this.#sizes.get(name);
  }

  /** A whole file in the pack that was added last. */
  addFile(file: number, offset: number): void {
    this.#pack[file] = this.#packs.length - 1;
    this.#offset[file] = offset;
  }

  /** The next part of a large file; parts come in order. */
  addPart(file: number, pack: string, offset: number, size: number): void {
    const parts = this.#large.get(file) ?? [];
    parts.push({ pack, offset, length: size, codec: 'raw', size });
    this.#large.set(file, parts);
  }

  /** Drops files that have to be read again; gives the packs that held nothing else. */
  forget(files: number[]): string[] {
    const packs = files.flatMap((file) => this.#large.get(file) ?? []);
    for (const file of files) this.#large.delete(file);
    return packs.flatMap((part) => ('pack' in part ? [part.pack] : []));
  }

  partsOf(file: number, size: number, sha256: string): Part[] {
    if (size === 0) return [];
    const pack = this.#packs[this.#pack[file] ?? -1];
    const offset = this.#offset[file] ?? 0;
    if (pack) return [{ pack: pack.name, offset, length: size, codec: 'raw', size }];
    const parts = this.#large.get(file) ?? this.#known.get(sha256);
    if (!parts) throw new Error(`No place in the lake for file ${file} (${sha256}).`);
    return parts;
  }
}
