import type { Page, PageRequest } from '@forebay/core/client';

/** As much of a paged list as somebody asked to see. */
export class PagedList<T> {
  items: readonly T[] = [];
  /** Whether there is more to show. */
  more = false;
  readonly #read: (request: PageRequest) => Promise<Page<T>>;
  readonly #limit: number;
  #next: string | null = null;
  #first: Promise<void> | undefined;

  constructor(limit: number, read: (request: PageRequest) => Promise<Page<T>>) {
    this.#limit = limit;
    this.#read = read;
  }

  get loaded(): boolean {
    return this.#first !== undefined;
  }

  /** The first page, read once; a failed attempt is made again by the next call. */
  async load(): Promise<readonly T[]> {
    this.#first ??= this.reload().catch((error) => {
      this.#first = undefined;
      throw error;
    });
    await this.#first;
    return this.items;
  }

  async showMore(): Promise<void> {
    if (this.#next === null) return;
    this.#take(await this.#read({ cursor: this.#next, limit: this.#limit }), this.items);
  }

  /** Shows more until one like this is there; false where none is. */
  async reach(isWanted: (item: T) => boolean): Promise<boolean> {
    await this.load();
    while (!this.items.some(isWanted)) {
      if (!this.more) return false;
      await this.showMore();
    }
    return true;
  }

  /** Reads again as many pages as are shown. */
  async reload(): Promise<void> {
    const wanted = this.items.length;
    let page = await this.#read({ limit: this.#limit });
    let items = page.items;
    while (items.length < wanted && page.next !== null) {
      page = await this.#read({ cursor: page.next, limit: this.#limit });
      items = [...items, ...page.items];
    }
    this.#take({ items, next: page.next }, []);
    this.#first ??= Promise.resolve();
  }

  #take(page: Page<T>, before: readonly T[]): void {
    this.items = [...before, ...page.items];
    this.#next = page.next;
    this.more = page.next !== null;
  }
}
