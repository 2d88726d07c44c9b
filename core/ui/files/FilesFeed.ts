import { ForebayError } from '../../src/api/errors.ts';
import type { FileEntry, FileSort, FilesPage } from '../../src/api/schemas.ts';
import type { Client } from '../../src/client/client.ts';
import type { Failure } from '../live/useLive.ts';

export interface FilesWanted {
  dataset: string;
  version: number;
  folder: string;
  search: string;
  sort: FileSort;
}

export interface FilesSnapshot {
  /** Rows; undefined until the first answer. */
  total: number | undefined;
  /** False: there may be fewer, or of a search more. */
  complete: boolean;
  /** Of a search that goes on: files that were looked at. */
  read: number;
  failure: Failure | null;
  /** New with every change. */
  revision: number;
}

export const pageSize = 200;
/** Pages of rows that are kept, those that were wanted last. */
const pagesMost = 50;
/** Milliseconds: who drags the list past many pages gets those where the list comes to rest. */
const rest = 80;
/** Milliseconds until one asks again for what wasn't complete, or didn't come. */
const again = { incomplete: 250, failed: 2000 };

/** Rows of a folder or a search, of which pages in sight are read; what is out of sight again is not waited for. */
export class FilesFeed {
  readonly #client: Client;
  readonly #wanted: FilesWanted;
  readonly #pages = new Map<number, readonly FileEntry[]>();
  readonly #reading = new Map<number, AbortController>();
  readonly #listeners = new Set<() => void>();
  #inSight: readonly number[] = [0];
  #moved = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #finding = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #disposed = false;
  snapshot: FilesSnapshot = { total: undefined, complete: false, read: 0, failure: null, revision: 0 };

  constructor(client: Client, wanted: FilesWanted) {
    this.#client = client;
    this.#wanted = wanted;
  }

  /** Row `at`; undefined until it is read. */
  row(at: number): FileEntry | undefined {
    return this.#pages.get(Math.floor(at / pageSize))?.[at % pageSize];
  }

  /** Rows that are seen now, the end exclusive. */
  look(start: number, end: number): void {
    const first = Math.floor(start / pageSize);
    const last = Math.floor(Math.max(start, end - 1) / pageSize);
    const before = this.#inSight;
    this.#inSight = Array.from({ length: last - first + 1 }, (_, nth) => first + nth);
    for (const [page, abort] of this.#reading) {
      if (page >= first - 1 && page <= last + 1) continue;
      abort.abort();
      this.#reading.delete(page);
    }
    for (const page of this.#inSight) {
      const known = this.#pages.get(page);
      if (!known) continue;
      this.#pages.delete(page);
      this.#pages.set(page, known);
    }
    if (before.join() === this.#inSight.join() && this.#settling !== undefined) return;
    const now = Date.now();
    const moves = before.join() !== this.#inSight.join();
    const fast = moves && now - this.#moved < rest;
    if (moves) this.#moved = now;
    clearTimeout(this.#settling);
    this.#settling = fast ? setTimeout(() => this.#readInSight(), rest) : undefined;
    if (!fast) this.#readInSight();
  }

  #readInSight(): void {
    this.#settling = undefined;
    for (const page of this.#inSight) if (!this.#pages.has(page)) void this.#read(page);
  }

  /** Where the first row is whose name begins with this; undefined where there is none, or more was typed since. */
  async find(begins: string): Promise<number | undefined> {
    const { dataset, version, folder, search, sort } = this.#wanted;
    // The hub tells places within a folder, not within what a search found.
    if (search !== '') return undefined;
    this.#finding.abort();
    this.#finding = new AbortController();
    const { signal } = this.#finding;
    const request = { folder, sort, begins, limit: 1 };
    try {
      const { offset } = await this.#client.versions.files(dataset, `v${version}`, request, signal);
      return signal.aborted ? undefined : offset;
    } catch {
      // Letters that lead nowhere leave one where one was.
      return undefined;
    }
  }

  reload(): void {
    clearTimeout(this.#timer);
    this.#change({ failure: null });
    for (const page of this.#inSight) void this.#read(page);
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    this.#disposed = true;
    this.#finding.abort();
    clearTimeout(this.#settling);
    clearTimeout(this.#timer);
    for (const abort of this.#reading.values()) abort.abort();
    this.#reading.clear();
  }

  async #read(page: number): Promise<void> {
    if (this.#disposed || this.#reading.has(page)) return;
    const abort = new AbortController();
    this.#reading.set(page, abort);
    const { dataset, version, folder, search, sort } = this.#wanted;
    const request = { folder, sort, offset: page * pageSize, limit: pageSize, partial: true };
    try {
      const got = await this.#client.versions.files(
        dataset,
        `v${version}`,
        search === '' ? request : { ...request, search },
        abort.signal,
      );
      if (abort.signal.aborted) return;
      this.#reading.delete(page);
      this.#take(page, got);
    } catch (thrown) {
      if (abort.signal.aborted) return;
      this.#reading.delete(page);
      const error = ForebayError.from(thrown);
      this.#change({ failure: { error, since: this.snapshot.failure?.since ?? Date.now() } });
      if (error.status >= 500) this.#later(again.failed);
    }
  }

  #take(page: number, got: FilesPage): void {
    const { complete = true, total = got.items.length, read = 0 } = got;
    const { complete: knewAll, total: before } = this.snapshot;
    // Folders that came to light stand before what was read.
    if (complete && !knewAll && before !== undefined && before !== total) this.#pages.clear();
    this.#pages.set(page, got.items);
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= pagesMost) break;
      this.#pages.delete(oldest);
    }
    this.#change({ total, complete, read, failure: null });
    if (!complete) this.#later(again.incomplete);
  }

  #later(wait: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      for (const page of this.#inSight) void this.#read(page);
    }, wait);
  }

  #change(change: Partial<FilesSnapshot>): void {
    if (this.#disposed) return;
    this.snapshot = { ...this.snapshot, ...change, revision: this.snapshot.revision + 1 };
    for (const listener of this.#listeners) listener();
  }
}
