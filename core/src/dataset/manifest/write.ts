import type { Entry } from '../entry.ts';
import { randomName } from '../names.ts';
import { boundaryBits, endsPage } from './boundary.ts';
import { compress } from './codec.ts';
import { hashPage, isLeaf, type Page, type PageRef } from './page.ts';
import { pageToJson } from './pageJson.ts';
import type { PackUse, Root } from './root.ts';

const objectBytes = 8 * 2 ** 20;

export interface ManifestSink {
  /** A page of the same hash that the lake has already, if any. */
  reuse(hash: string): PageRef | undefined;
  putPages(object: string, bytes: Uint8Array): Promise<void>;
  packSize(pack: string): number;
}

interface Level {
  entries: Entry[];
  children: PageRef[];
  /** The page that ended last: written when another follows, the root when none does. */
  held: Page | undefined;
  written: number;
}

/** Builds a version's tree of pages from its entries in path order; memory is a page a level and one object. */
export class ManifestWriter {
  readonly #sink: ManifestSink;
  readonly #levels: Level[] = [];
  readonly #used = new Map<string, number>();
  #object = randomName();
  #frames: Buffer[] = [];
  #offset = 0;
  #entries = 0;
  #files = 0;
  #bytes = 0;

  constructor(sink: ManifestSink) {
    this.#sink = sink;
  }

  /** Gives something to await only when pages have to be written before more are made. */
  add(entry: Entry): Promise<void> | undefined {
    this.#entries++;
    if (entry.kind === 'file') this.#count(entry);
    const leaf = this.#level(0);
    leaf.entries.push(entry);
    if (endsPage(0, boundaryBits(entry.path), leaf.entries.length)) this.#end(0);
    return this.#offset >= objectBytes ? this.#flush() : undefined;
  }

  /** Writes what is left; the root is the first level that has one page. */
  async finish(): Promise<Root> {
    const page = this.#close();
    await this.#flush();
    const packs = new Map<string, PackUse>(
      [...this.#used]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([pack, used]) => [pack, { size: this.#sink.packSize(pack), used }]),
    );
    return {
      digest: hashPage(page),
      entries: this.#entries,
      files: this.#files,
      bytes: this.#bytes,
      packs,
      page,
    };
  }

  #close(): Page {
    for (let number = 0; ; number++) {
      const level = this.#level(number);
      if (level.entries.length + level.children.length > 0) this.#end(number);
      if (level.written === 0) return level.held ?? { level: 0, entries: [] };
      if (level.held) this.#write(number, level.held);
    }
  }

  #level(number: number): Level {
    this.#levels[number] ??= { entries: [], children: [], held: undefined, written: 0 };
    return this.#levels[number];
  }

  #end(number: number): void {
    const level = this.#level(number);
    const before = level.held;
    level.held =
      number === 0 ? { level: 0, entries: level.entries } : { level: number, children: level.children };
    level.entries = [];
    level.children = [];
    if (before) this.#write(number, before);
  }

  #write(number: number, page: Page): void {
    this.#level(number).written++;
    const ref = this.#refTo(page);
    const above = this.#level(number + 1);
    above.children.push(ref);
    if (endsPage(number + 1, boundaryBits(ref.last), above.children.length)) this.#end(number + 1);
  }

  #refTo(page: Page): PageRef {
    const hash = hashPage(page);
    const there = this.#sink.reuse(hash);
    if (there) return there;
    const frame = compress(JSON.stringify(pageToJson(page)));
    const ref = { hash, object: this.#object, offset: this.#offset, length: frame.length, ...summary(page) };
    this.#frames.push(frame);
    this.#offset += frame.length;
    return ref;
  }

  #count(entry: Entry & { kind: 'file' }): void {
    this.#files++;
    this.#bytes += entry.size;
    for (const part of entry.parts) {
      if ('pack' in part) this.#used.set(part.pack, (this.#used.get(part.pack) ?? 0) + part.length);
    }
  }

  async #flush(): Promise<void> {
    if (this.#frames.length === 0) return;
    const [object, bytes] = [this.#object, Buffer.concat(this.#frames)];
    this.#object = randomName();
    this.#frames = [];
    this.#offset = 0;
    await this.#sink.putPages(object, bytes);
  }
}

function summary(page: Page): Pick<PageRef, 'last' | 'entries' | 'files' | 'bytes'> {
  if (!isLeaf(page)) {
    return {
      last: page.children.at(-1)?.last ?? '',
      entries: page.children.reduce((sum, child) => sum + child.entries, 0),
      files: page.children.reduce((sum, child) => sum + child.files, 0),
      bytes: page.children.reduce((sum, child) => sum + child.bytes, 0),
    };
  }
  const files = page.entries.filter((entry) => entry.kind === 'file');
  return {
    last: page.entries.at(-1)?.path ?? '',
    entries: page.entries.length,
    files: files.length,
    bytes: files.reduce((sum, file) => sum + file.size, 0),
  };
}
