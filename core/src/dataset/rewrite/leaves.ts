import type { Lake } from '../../lake/lake.ts';
import type { Entry } from '../entry.ts';
import { fetchPages } from '../manifest/fetch.ts';
import { isLeaf, type Page, type PageRef } from '../manifest/page.ts';
import { readRoot } from '../manifest/root.ts';

/** Where a page lies. The same page may lie in two places, which then tell of other packs. */
export const placeOf = ({ object, offset }: PageRef) => `${object}:${offset}`;

/** Walks leaves of many versions, each that they share once. Memory is a line for each page. */
export class LeafWalk {
  readonly #lake: Lake;
  readonly #datasetId: string;
  readonly #seen = new Set<string>();

  constructor(lake: Lake, datasetId: string) {
    this.#lake = lake;
    this.#datasetId = datasetId;
  }

  /** The entries of a version's leaves that no version before had, a leaf at a time. Throws `damaged`. */
  async *leavesOf(root: string, signal: AbortSignal): AsyncGenerator<Entry[]> {
    const { page } = await readRoot(this.#lake, this.#datasetId, root, signal);
    yield* this.#below(page, signal);
  }

  async *#below(page: Page, signal: AbortSignal): AsyncGenerator<Entry[]> {
    if (isLeaf(page)) return void (yield page.entries);
    const fresh = page.children.filter((ref) => !this.#seen.has(placeOf(ref)));
    for await (const { ref, page: child } of fetchPages(this.#lake, this.#datasetId, fresh, signal)) {
      yield* this.#below(child, signal);
      this.#seen.add(placeOf(ref));
    }
  }
}
