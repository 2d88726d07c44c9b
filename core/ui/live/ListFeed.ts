import { ForebayError } from '../../src/api/errors.ts';
import type { ChangeEvent } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import type { Page } from '../../src/client/http/pages.ts';
import type { Failure } from './useLive.ts';

/** What a list is made of, and how it is read. */
export interface ListSource<T> {
  keyOf: (item: T) => string;
  page: (limit: number, cursor: string | undefined) => Promise<Page<T>>;
  /** Those of these keys that belong to the list now. */
  some: (keys: readonly string[]) => Promise<readonly T[]>;
  /** The key of what a change is about; 'all' where everything may be new; null where it concerns nothing here. */
  touches: (event: ChangeEvent) => string | 'all' | null;
}

export interface ListSnapshot<T> {
  items: readonly T[];
  /** False while more is being read. */
  complete: boolean;
  failure: Failure | null;
}

/** Milliseconds. */
const gather = 120;
const retry = 2000;
/** The first page is what a screen shows; then as many as the hub gives. */
const pages = { first: 100, next: 1000 } as const;
/** Changes of more items than this are read by reading all. */
const mostTouched = 200;

/** All items of a list, page by page behind what is seen, and what becomes of them. */
export class ListFeed<T> {
  readonly #client: Client;
  readonly #source: ListSource<T>;
  readonly #listeners = new Set<() => void>();
  readonly #end = new AbortController();
  readonly #touched = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading = false;
  #everything = true;
  #snapshot: ListSnapshot<T>;

  /** `before`: what is shown until the first answer, or as long as there is none. */
  constructor(client: Client, source: ListSource<T>, before: readonly T[] = []) {
    this.#client = client;
    this.#source = source;
    this.#snapshot = { items: before, complete: false, failure: null };
  }

  get snapshot(): ListSnapshot<T> {
    return this.#snapshot;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  start(): void {
    const onConnection = (connected: boolean) => {
      if (!connected) this.reload();
    };
    void this.#client.events.subscribe((event) => this.#hear(event), this.#end.signal, { onConnection });
    this.#readSoon(0);
  }

  dispose(): void {
    this.#end.abort();
    clearTimeout(this.#timer);
  }

  reload(): void {
    this.#everything = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#readSoon(0);
  }

  #hear(event: ChangeEvent): void {
    const key = event.kind === 'reset' ? 'all' : this.#source.touches(event);
    if (key === null) return;
    if (key === 'all') this.#everything = true;
    else this.#touched.add(key);
    this.#readSoon(gather);
  }

  #readSoon(wait: number): void {
    if (!this.#reading) this.#timer ??= setTimeout(() => void this.#read(), wait);
  }

  async #read(): Promise<void> {
    this.#timer = undefined;
    this.#reading = true;
    const touched = [...this.#touched];
    const all = this.#everything || touched.length > mostTouched;
    this.#touched.clear();
    this.#everything = false;
    let wait: number | undefined;
    try {
      if (all) await this.#readAll();
      else await this.#readTouched(touched);
    } catch (thrown) {
      const since = this.#snapshot.failure?.since ?? Date.now();
      const error = ForebayError.from(thrown);
      this.#set({ failure: { error, since } });
      // What was asked wrongly is wrong the next time too.
      if (error.status >= 500) {
        this.#everything = true;
        wait = retry;
      }
    }
    this.#reading = false;
    if (this.#end.signal.aborted) return;
    if (wait !== undefined) this.#readSoon(wait);
    else if (this.#everything || this.#touched.size > 0) this.#readSoon(gather);
  }

  /** Page by page; what is there already is shown until all is new. */
  async #readAll(): Promise<void> {
    const items: T[] = [];
    for (let cursor: string | undefined, limit: number = pages.first; ; limit = pages.next) {
      const page = await this.#source.page(limit, cursor);
      if (this.#end.signal.aborted) return;
      items.push(...page.items);
      if (page.next === null) break;
      cursor = page.next;
      if (items.length > this.#snapshot.items.length) this.#set({ items: [...items], failure: null });
    }
    // What began in between moves the pages, and may then come twice.
    const unique = [...new Map(items.map((item) => [this.#source.keyOf(item), item])).values()];
    this.#set({ items: unique, complete: true, failure: null });
  }

  async #readTouched(keys: readonly string[]): Promise<void> {
    const { keyOf } = this.#source;
    const items = await this.#source.some(keys);
    const news = new Map(items.map((item) => [keyOf(item), item]));
    const gone = new Set(keys.filter((key) => !news.has(key)));
    const kept = this.#snapshot.items.flatMap((item) => {
      const key = keyOf(item);
      const fresh = news.get(key);
      news.delete(key);
      return gone.has(key) ? [] : [fresh ?? item];
    });
    this.#set({ items: [...news.values(), ...kept], failure: null });
  }

  #set(parts: Partial<ListSnapshot<T>>): void {
    if (this.#end.signal.aborted) return;
    this.#snapshot = { ...this.#snapshot, ...parts };
    for (const listener of this.#listeners) listener();
  }
}
