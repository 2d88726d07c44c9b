import type { Lake } from '../../lake/lake.ts';
import { comparePaths, type Entry } from '../entry.ts';
import { Learned } from '../learned/learned.ts';
import { ChangeList } from '../manifest/changes.ts';
import { PageMemory } from '../manifest/pageMemory.ts';
import { readLeaves } from '../manifest/read.ts';
import { type Root, readRoot } from '../manifest/root.ts';
import { ManifestWriter } from '../manifest/write.ts';
import { keyOf } from '../names.ts';
import { EntryCursor } from './cursor.ts';
import type { Uploads } from './uploads.ts';

export interface Made {
  root: Root;
  changes: ChangeList;
}

export interface NextManifestOptions {
  lake: Lake;
  datasetId: string;
  parentRoot: string | undefined;
  /** Of a new pack, bytes; undefined for one of the parent's. */
  packSize: (pack: string) => number | undefined;
  uploads: Uploads;
  signal: AbortSignal;
}

/** Writes the manifest of a parent's successor, in path order, in step with the parent: its pages are used again. */
export class NextManifest {
  readonly #parent: EntryCursor;
  readonly #writer: ManifestWriter;
  readonly #changes = new ChangeList();
  /** What the parent has at the path that comes next. */
  #before: Entry | undefined;

  private constructor(parent: EntryCursor, writer: ManifestWriter) {
    this.#parent = parent;
    this.#writer = writer;
  }

  static async start(options: NextManifestOptions): Promise<NextManifest> {
    const { lake, datasetId, parentRoot, packSize, uploads, signal } = options;
    const pages = new PageMemory();
    const parentPacks = parentRoot ? (await readRoot(lake, datasetId, parentRoot, signal)).packs : new Map();
    const onPage = pages.add.bind(pages);
    const learned = new Learned(lake, datasetId, signal);
    const parent = await EntryCursor.start(
      parentRoot
        ? learned.fillLeaves(readLeaves(lake, datasetId, parentRoot, { onPage, signal }))
        : undefined,
    );
    const writer = new ManifestWriter({
      reuse: (hash) => pages.get(hash),
      putPages: (object, bytes) => uploads.put(keyOf.pages(datasetId, object), bytes),
      packSize: (pack) => packSize(pack) ?? parentPacks.get(pack)?.size ?? 0,
    });
    return new NextManifest(parent, writer);
  }

  /** What the parent has at `path`, which is added next; something to await only at the end of a page. */
  before(path: string): Entry | undefined | Promise<Entry | undefined> {
    const { entry } = this.#parent;
    if (entry === undefined || entry.path === path) this.#before = entry;
    else return this.#dropUntil(path);
    return this.#before;
  }

  /** Gives something to await only when pages have to be written or read before more are made. */
  add(entry: Entry): Promise<void> | undefined {
    this.#changes.compare(this.#before, entry);
    this.#writer.add(entry);
    const full = this.#writer.isFull ? this.#writer.flush() : undefined;
    const more = this.#before && this.#parent.advance();
    this.#before = undefined;
    return full && more ? Promise.all([full, more]).then(() => undefined) : (full ?? more);
  }

  async finish(): Promise<Made> {
    await this.#dropUntil(undefined);
    return { root: await this.#writer.finish(), changes: this.#changes };
  }

  async #dropUntil(path: string | undefined): Promise<Entry | undefined> {
    for (let { entry } = this.#parent; entry; { entry } = this.#parent) {
      if (path !== undefined && comparePaths(entry.path, path) >= 0) break;
      this.#changes.compare(entry, undefined);
      const more = this.#parent.advance();
      if (more) await more;
    }
    const { entry } = this.#parent;
    this.#before = entry?.path === path ? entry : undefined;
    return this.#before;
  }
}
