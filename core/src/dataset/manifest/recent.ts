import type { Lake } from '../../lake/lake.ts';
import type { Page } from './page.ts';

/** What is kept of a lake, bytes: a sync reads its parent's manifest twice, a diff what a listing just read. */
const keptMost = 4 * 2 ** 20;

/** The newest ranges of pages that were read. Pages never change, so they are right for ever. */
export class RecentRanges {
  readonly #kept = new Map<string, Uint8Array>();
  #bytes = 0;

  async get(key: string, ask: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const known = this.#kept.get(key);
    if (known) return known;
    const bytes = await ask();
    if (bytes.length > keptMost / 8 || this.#kept.has(key)) return bytes;
    this.#kept.set(key, bytes);
    this.#bytes += bytes.length;
    for (const [oldest, { length }] of this.#kept) {
      if (this.#bytes <= keptMost) break;
      this.#kept.delete(oldest);
      this.#bytes -= length;
    }
    return bytes;
  }
}

/** Decoded pages that are kept: two versions that are walked beside each other are never further apart. */
const pagesMost = 16;

/** The pages that were decoded last: of two versions beside each other most are the same. Nobody changes them. */
export class RecentPages {
  readonly #kept = new Map<string, Page>();

  get(key: string, decode: () => Page): Page {
    const known = this.#kept.get(key);
    if (known) return known;
    const page = decode();
    this.#kept.set(key, page);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= pagesMost) break;
      this.#kept.delete(oldest);
    }
    return page;
  }
}

const recent = new WeakMap<Lake, { ranges: RecentRanges; pages: RecentPages }>();

export function recentOf(lake: Lake): { ranges: RecentRanges; pages: RecentPages } {
  const known = recent.get(lake) ?? { ranges: new RecentRanges(), pages: new RecentPages() };
  recent.set(lake, known);
  return known;
}
