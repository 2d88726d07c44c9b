import type { Lake } from '../../lake/lake.ts';

/** What is kept of a lake, bytes: a sync reads its parent's manifest twice, a diff what a listing just read. */
const keptMost = 4 * 2 ** 20;

/** The newest ranges of pages that were read. Pages never change, so they are right for ever. */
export class Recent {
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

const recent = new WeakMap<Lake, Recent>();

export function recentRanges(lake: Lake): Recent {
  const known = recent.get(lake) ?? new Recent();
  recent.set(lake, known);
  return known;
}
