import type { Entry } from '../entry.ts';

/** Walks a version's entries in step with something else in path order. */
export class EntryCursor {
  readonly #leaves: AsyncIterator<Entry[]> | undefined;
  #entries: Entry[] = [];
  #at = 0;

  private constructor(leaves: AsyncIterable<Entry[]> | undefined) {
    this.#leaves = leaves?.[Symbol.asyncIterator]();
  }

  /** Stands on the first entry; without `leaves` there is none. */
  static async start(leaves: AsyncIterable<Entry[]> | undefined): Promise<EntryCursor> {
    const cursor = new EntryCursor(leaves);
    await cursor.#load();
    return cursor;
  }

  get entry(): Entry | undefined {
    return this.#entries[this.#at];
  }

  /** Gives something to await only at the end of a page. */
  advance(): Promise<void> | undefined {
    this.#at++;
    return this.#at < this.#entries.length ? undefined : this.#load();
  }

  async #load(): Promise<void> {
    const next = await this.#leaves?.next();
    this.#entries = next?.done ? [] : (next?.value ?? []);
    this.#at = 0;
  }
}
