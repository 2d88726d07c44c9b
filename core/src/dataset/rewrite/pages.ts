import type { Lake } from '../../lake/lake.ts';
import type { Entry } from '../entry.ts';
import { compress } from '../manifest/codec.ts';
import { fetchPages } from '../manifest/fetch.ts';
import { hashPage, isLeaf, type Page, type PageRef } from '../manifest/page.ts';
import { pageToJson } from '../manifest/pageJson.ts';
import { type PackUse, type Root, readRoot } from '../manifest/root.ts';
import { randomName } from '../names.ts';
import { placeOf } from './leaves.ts';
import type { Moves } from './moves.ts';

const objectBytes = 8 * 2 ** 20;

/** A page as it is to be, and by how many bytes packs are more or less in use below it. */
interface Rewritten {
  ref: PageRef;
  /** It and all below it were written anew. */
  gathered: boolean;
  use: Map<string, number>;
}

/**
 * Writes manifests anew whose parts or pages moved. Entries, boundaries and hashes stay, so digests do; what didn't move
 * stays where it is, and what versions share is written once.
 */
export class PageRewriter {
  readonly #lake: Lake;
  readonly #datasetId: string;
  readonly #moves: Moves;
  readonly #put: (object: string, bytes: Uint8Array) => Promise<void>;
  readonly #signal: AbortSignal;
  readonly #done = new Map<string, Rewritten>();
  #object = randomName();
  #frames: Buffer[] = [];
  #offset = 0;

  constructor(options: {
    lake: Lake;
    datasetId: string;
    moves: Moves;
    put: (object: string, bytes: Uint8Array) => Promise<void>;
    signal: AbortSignal;
  }) {
    this.#lake = options.lake;
    this.#datasetId = options.datasetId;
    this.#moves = options.moves;
    this.#put = options.put;
    this.#signal = options.signal;
  }

  /** `gather`: also pages whose parts didn't move. `packSize`: of the new packs. Undefined where nothing moves. */
  async rewrite(
    name: string,
    options: { gather: boolean; packSize: (pack: string) => number | undefined },
  ): Promise<Root | undefined> {
    const root = await readRoot(this.#lake, this.#datasetId, name, this.#signal);
    const { page, use } = await this.#rewritten(root.page, options.gather);
    if (page === root.page) return undefined;
    if (hashPage(page) !== root.digest) throw new Error('A rewritten manifest has another digest.');
    await this.#flush();
    return { ...root, page, packs: used(root.packs, use, options.packSize) };
  }

  async #rewritten(page: Page, gather: boolean): Promise<{ page: Page; use: Map<string, number> }> {
    if (isLeaf(page)) return this.#leaf(page);
    const todo = page.children.filter((ref) => !this.#isDone(ref, gather));
    for await (const { ref, page: old } of fetchPages(this.#lake, this.#datasetId, todo, this.#signal)) {
      const made = await this.#rewritten(old, gather);
      const moved = gather || made.page !== old;
      const now = moved ? await this.#write(made.page, ref) : ref;
      this.#done.set(placeOf(ref), { ref: now, gathered: gather, use: made.use });
    }
    const use = new Map<string, number>();
    const children = page.children.map((ref) => {
      const done = this.#done.get(placeOf(ref));
      for (const [pack, bytes] of done?.use ?? []) add(use, pack, bytes);
      return done?.ref ?? ref;
    });
    const same = children.every((ref, at) => ref === page.children[at]);
    return { page: same ? page : { level: page.level, children }, use };
  }

  #isDone(ref: PageRef, gather: boolean): boolean {
    const done = this.#done.get(placeOf(ref));
    return done !== undefined && (done.gathered || !gather);
  }

  #leaf(page: Page & { level: 0; entries: Entry[] }): { page: Page; use: Map<string, number> } {
    const use = new Map<string, number>();
    let same = true;
    const entries = page.entries.map((entry) => {
      if (entry.kind !== 'file') return entry;
      const parts = entry.parts.map((part) => {
        const to = this.#moves.get(part);
        if (!to || !('pack' in part)) return part;
        add(use, part.pack, -part.length);
        add(use, to.pack, to.length);
        same = false;
        return to;
      });
      return { ...entry, parts };
    });
    return { page: same ? page : { level: 0, entries }, use };
  }

  async #write(page: Page, before: PageRef): Promise<PageRef> {
    const frame = compress(JSON.stringify(pageToJson(page)));
    if (this.#offset >= objectBytes) await this.#flush();
    const ref = { ...before, object: this.#object, offset: this.#offset, length: frame.length };
    this.#frames.push(frame);
    this.#offset += frame.length;
    return ref;
  }

  async #flush(): Promise<void> {
    if (this.#frames.length === 0) return;
    const [object, bytes] = [this.#object, Buffer.concat(this.#frames)];
    this.#object = randomName();
    this.#frames = [];
    this.#offset = 0;
    await this.#put(object, bytes);
  }
}

function add(use: Map<string, number>, pack: string, bytes: number): void {
  use.set(pack, (use.get(pack) ?? 0) + bytes);
}

function used(
  before: ReadonlyMap<string, PackUse>,
  change: ReadonlyMap<string, number>,
  packSize: (pack: string) => number | undefined,
): Map<string, PackUse> {
  const packs = new Map(before);
  for (const [pack, bytes] of change) {
    const { size, used } = before.get(pack) ?? { size: packSize(pack) ?? 0, used: 0 };
    if (used + bytes > 0) packs.set(pack, { size, used: used + bytes });
    else packs.delete(pack);
  }
  return new Map([...packs].sort(([a], [b]) => (a < b ? -1 : 1)));
}
