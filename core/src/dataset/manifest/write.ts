import type { Lake } from '../../lake/lake.ts';
import type { Entry, FileEntry } from '../entry.ts';
import { randomName } from '../names.ts';
import { boundaryBits, endsPage } from './boundary.ts';
import { compress } from './codec.ts';
import { fetchPages } from './fetch.ts';
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
  held: Page | PageRef | undefined;
  written: number;
}

/**
 * Builds a version's tree of pages from its entries in path order; memory is a page a level and one object.
 * On top of a parent its pages can be taken over as they are, and what the others hold is removed entry by entry.
 */
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

  constructor(sink: ManifestSink, parent?: Root) {
    this.#sink = sink;
    for (const [pack, { used }] of parent?.packs ?? []) this.#used.set(pack, used);
  }

  /** The next entry. */
  add(entry: Entry): void {
    this.#entries++;
    if (entry.kind === 'file') {
      this.#files++;
      this.#bytes += entry.size;
      this.#use(entry, 1);
    }
    const leaf = this.#level(0);
    leaf.entries.push(entry);
    if (endsPage(0, boundaryBits(entry.path), leaf.entries.length)) this.#end(0);
  }

  /** An entry of a parent's leaf that isn't taken over. */
  remove(entry: Entry): void {
    if (entry.kind === 'file') this.#use(entry, -1);
  }

  /** A leaf of the parent as it is; only where a leaf has just ended, or nothing was added yet. */
  addPage(ref: PageRef): void {
    if (this.#level(0).entries.length > 0)
      throw new Error(`The page up to '${ref.last}' would begin inside another.`);
    this.#entries += ref.entries;
    this.#files += ref.files;
    this.#bytes += ref.bytes;
    this.#hold(0, ref);
  }

  /** Pages have to be written before more are made. */
  get isFull(): boolean {
    return this.#offset >= objectBytes;
  }

  /** Writes what is left; the root is the first level that has one page. */
  async finish(lake?: Lake, datasetId?: string): Promise<Root> {
    const top = this.#close();
    await this.flush();
    const page = 'hash' in top ? await load(top, lake as Lake, datasetId as string) : top;
    const packs = new Map<string, PackUse>(
      [...this.#used]
        .filter(([, used]) => used > 0)
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

  #close(): Page | PageRef {
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
    const page: Page =
      number === 0 ? { level: 0, entries: level.entries } : { level: number, children: level.children };
    level.entries = [];
    level.children = [];
    this.#hold(number, page);
  }

  #hold(number: number, page: Page | PageRef): void {
    const level = this.#level(number);
    const before = level.held;
    level.held = page;
    if (before) this.#write(number, before);
  }

  #write(number: number, page: Page | PageRef): void {
    this.#level(number).written++;
    const ref = 'hash' in page ? page : this.#refTo(page);
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

  /** `sign`: 1 to add, -1 to take away. */
  #use({ parts }: FileEntry, sign: number): void {
    for (const part of parts) {
      if ('pack' in part) this.#used.set(part.pack, (this.#used.get(part.pack) ?? 0) + sign * part.length);
    }
  }

  async flush(): Promise<void> {
    if (this.#frames.length === 0) return;
    const [object, bytes] = [this.#object, Buffer.concat(this.#frames)];
    this.#object = randomName();
    this.#frames = [];
    this.#offset = 0;
    await this.#sink.putPages(object, bytes);
  }
}

/** The whole version is one page of the parent. */
async function load(ref: PageRef, lake: Lake, datasetId: string): Promise<Page> {
  for await (const { page } of fetchPages(lake, datasetId, [ref])) return page;
  throw new Error(`No page ${ref.hash}.`);
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
