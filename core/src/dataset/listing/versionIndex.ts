import { fileType } from '../../api/fileType.ts';
import type { FileEntry as ListedEntry } from '../../api/schemas.ts';
import type { Entry } from '../entry.ts';

/**
 * Every path of a version for searches, as columns in path order that threads share: about 80 bytes a file, twice its
 * path among them.
 */
export interface VersionIndex {
  count: number;
  /** UTF-8 of the paths, each followed by a 0. */
  paths: Uint8Array;
  /** Where each path begins, and the end. */
  starts: Uint32Array;
  /** As `paths`, in the form that searches compare; the same array where nothing differs. */
  folded: Uint8Array;
  foldedStarts: Uint32Array;
  /** Bytes. */
  sizes: Float64Array;
  /** Milliseconds since 1970. */
  mtimes: Float64Array;
  /** Where in `kinds`. */
  kinds: Uint8Array;
  /** The place of each file's type among all types in their order. */
  types: Uint32Array;
}

/** Bytes of all columns but the paths, a row. */
const columnBytes = 33;

const kinds = ['file', 'folder', 'link'] as const;

/** What is the same to one who searches: whatever its case and normal form. */
export const fold = (text: string): string => text.normalize('NFC').toLowerCase();

/** The index's bytes in memory. */
export const bytesOf = ({ paths, folded, count }: VersionIndex): number =>
  paths.length + (folded === paths ? 0 : folded.length) + count * columnBytes;

export class VersionIndexBuilder {
  readonly #paths = new Texts();
  readonly #folded = new Texts();
  #differs = false;
  readonly #sizes: number[] = [];
  readonly #mtimes: number[] = [];
  readonly #kinds: number[] = [];
  readonly #types: number[] = [];
  readonly #typeIds = new Map<string, number>();

  get bytes(): number {
    return this.#paths.bytes + this.#folded.bytes + columnBytes * this.#sizes.length;
  }

  /** The next entries in path order. */
  add(entries: readonly Entry[]): void {
    const paths = entries.map(({ path }) => path);
    const folded = paths.map(fold);
    this.#differs ||= folded.some((text, at) => text !== paths[at]);
    this.#paths.add(paths);
    this.#folded.add(folded);
    for (const entry of entries) {
      this.#sizes.push(entry.kind === 'file' ? entry.size : 0);
      this.#mtimes.push(entry.kind === 'file' ? entry.mtime : 0);
      this.#kinds.push(kinds.indexOf(entry.kind));
      const type = fileType(entry.path);
      const id = this.#typeIds.get(type) ?? this.#typeIds.size;
      this.#typeIds.set(type, id);
      this.#types.push(id);
    }
  }

  finish(): VersionIndex {
    const count = this.#sizes.length;
    const [paths, starts] = this.#paths.finish();
    const [folded, foldedStarts] = this.#differs ? this.#folded.finish() : [paths, starts];
    const columns = {
      sizes: new Float64Array(new SharedArrayBuffer(count * 8)),
      mtimes: new Float64Array(new SharedArrayBuffer(count * 8)),
      kinds: new Uint8Array(new SharedArrayBuffer(count)),
      types: new Uint32Array(new SharedArrayBuffer(count * 4)),
    };
    columns.sizes.set(this.#sizes);
    columns.mtimes.set(this.#mtimes);
    columns.kinds.set(this.#kinds);
    const names = [...this.#typeIds.keys()];
    const places = new Map([...names].sort().map((name, place) => [name, place]));
    const placeOf = names.map((name) => places.get(name) ?? 0);
    for (let row = 0; row < count; row++) columns.types[row] = placeOf[this.#types[row] ?? 0] ?? 0;
    return { count, paths, starts, folded, foldedStarts, ...columns };
  }
}

export function pathAt({ paths, starts }: VersionIndex, row: number): string {
  const [start = 0, end = 1] = [starts[row], starts[row + 1]];
  return Buffer.from(paths.buffer, paths.byteOffset + start, end - start - 1).toString();
}

export function entryAt(index: VersionIndex, row: number): ListedEntry {
  const path = pathAt(index, row);
  const kind = kinds[index.kinds[row] ?? 0] ?? 'file';
  if (kind !== 'file') return { path, kind, size: 0 };
  const mtime = new Date(index.mtimes[row] ?? 0).toISOString();
  return { path, kind, size: index.sizes[row] ?? 0, mtime };
}

class Texts {
  readonly #pieces: Buffer[] = [];
  readonly #starts: number[] = [];
  bytes = 0;

  add(texts: readonly string[]): void {
    for (const text of texts) {
      this.#starts.push(this.bytes);
      this.bytes += Buffer.byteLength(text) + 1;
    }
    if (texts.length > 0) this.#pieces.push(Buffer.from(`${texts.join('\0')}\0`));
  }

  finish(): [Uint8Array, Uint32Array] {
    const all = new Uint8Array(new SharedArrayBuffer(this.bytes));
    let at = 0;
    for (const piece of this.#pieces) {
      all.set(piece, at);
      at += piece.length;
    }
    const starts = new Uint32Array(new SharedArrayBuffer((this.#starts.length + 1) * 4));
    starts.set(this.#starts);
    starts[this.#starts.length] = this.bytes;
    return [all, starts];
  }
}
