import type { PageRef } from './page.ts';

/** About 300 bytes each. */
const most = 16_384;

/** References to pages that were read lately, by hash: made again as they were, they need not be written again. */
export class PageMemory {
  readonly #refs = new Map<string, PageRef>();

  add(ref: PageRef): void {
    this.#refs.set(ref.hash, ref);
    if (this.#refs.size <= most) return;
    const [oldest] = this.#refs.keys();
    this.#refs.delete(oldest as string);
  }

  get(hash: string): PageRef | undefined {
    return this.#refs.get(hash);
  }
}
