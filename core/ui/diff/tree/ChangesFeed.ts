import { ForebayError } from '../../../src/api/errors.ts';
import type { DiffEntry, DiffKind } from '../../../src/api/schemas.ts';
import type { Client } from '../../../src/client/client.ts';
import type { DiffPair } from '../../../src/client/versions.ts';
import type { Failure } from '../../live/useLive.ts';
import { Branch, pageSize } from './Branch.ts';

export interface ChangesQuery extends DiffPair {
  search: string;
  kinds: readonly DiffKind[];
  layout: 'tree' | 'list';
}

interface PageOf {
  branch: Branch;
  page: number;
}

/** A small difference is shown whole: folders open by themselves while they are few. */
const openBy = { changes: 200, folders: 6, depth: 5 } as const;
/** Pages that are kept, those that were in sight last. */
const pagesMost = 50;
/** Milliseconds: who drags past many pages gets those where the tree comes to rest; what failed is tried again. */
const rest = 80;
const retry = 2000;

/** A tree of what differs, of which pages in sight are read; what is out of sight again is not waited for. */
export class ChangesFeed {
  readonly root: Branch;
  failure: Failure | null = null;
  readonly #client: Client;
  readonly #query: ChangesQuery;
  readonly #onChange: () => void;
  readonly #reading = new Map<PageOf, AbortController>();
  #kept: readonly PageOf[] = [];
  #inSight = { from: 0, to: 1 };
  #moved = 0;
  #settling: ReturnType<typeof setTimeout> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #opensBySelf = false;

  constructor(client: Client, query: ChangesQuery, onChange: () => void) {
    this.#client = client;
    this.#query = query;
    this.#onChange = onChange;
    this.root = new Branch(query.layout === 'tree' ? '' : null);
  }

  stop(): void {
    clearTimeout(this.#settling);
    clearTimeout(this.#timer);
    for (const abort of this.#reading.values()) abort.abort();
  }

  reload(): void {
    clearTimeout(this.#timer);
    this.failure = null;
    this.#readInSight();
    this.#onChange();
  }

  /** Lines that are in sight now, both included. */
  need(from: number, to: number): void {
    this.#inSight = { from, to };
    const seen = this.#pagesInSight();
    const isSeen = (each: PageOf) => seen.some(isSame(each));
    // A folder's first page says how long it is: it is read wherever it stands.
    for (const [each, abort] of this.#reading) if (each.page > 0 && !isSeen(each)) this.#drop(each, abort);
    this.#kept = [...this.#kept.filter((each) => !isSeen(each)), ...this.#kept.filter(isSeen)];
    clearTimeout(this.#settling);
    if (!seen.some((each) => this.#isMissing(each))) return;
    const fast = Date.now() - this.#moved < rest;
    this.#moved = Date.now();
    if (fast) this.#settling = setTimeout(() => this.#readInSight(), rest);
    else this.#readInSight();
  }

  open(branch: Branch, at: number): void {
    const below = branch.open(at);
    if (!below) return;
    void this.#read({ branch: below, page: 0 });
    this.#onChange();
  }

  close(branch: Branch, at: number): void {
    branch.close(at);
    this.#onChange();
  }

  /** Once it is known to be small; a filter's answer is small or not by itself. */
  openSmall(changes: number | undefined): void {
    if (changes === undefined || changes > openBy.changes || this.#opensBySelf) return;
    this.#opensBySelf = true;
    this.#openBelow(this.root);
  }

  #pagesInSight(): PageOf[] {
    const pages: PageOf[] = [];
    for (let index = this.#inSight.from; index <= this.#inSight.to; index++) {
      const line = this.root.line(index);
      const each = line && { branch: line.branch, page: Math.floor(line.at / pageSize) };
      if (each && !pages.some(isSame(each))) pages.push(each);
    }
    return pages;
  }

  #isMissing(each: PageOf): boolean {
    return !each.branch.hasPage(each.page) && ![...this.#reading.keys()].some(isSame(each));
  }

  #readInSight(): void {
    for (const each of this.#pagesInSight()) void this.#read(each);
  }

  #drop(each: PageOf, abort: AbortController): void {
    abort.abort();
    this.#reading.delete(each);
  }

  async #read(wanted: PageOf): Promise<void> {
    if (!this.#isMissing(wanted)) return;
    const { branch, page } = wanted;
    const abort = new AbortController();
    this.#reading.set(wanted, abort);
    const { layout: _, kinds, search, ...pair } = this.#query;
    const folder = branch.folder === null ? {} : { folder: branch.folder };
    const request = { ...pair, ...folder, kinds, search, offset: page * pageSize, limit: pageSize };
    try {
      const { items, total } = await this.#client.versions.diffEntries(request, abort.signal);
      if (abort.signal.aborted) return;
      this.#reading.delete(wanted);
      this.failure = null;
      this.#keep(wanted, items, total);
      if (this.#opensBySelf) this.#openBelow(branch);
    } catch (thrown) {
      if (abort.signal.aborted) return;
      this.#reading.delete(wanted);
      const error = ForebayError.from(thrown);
      this.failure = { error, since: this.failure?.since ?? Date.now() };
      clearTimeout(this.#timer);
      // What was asked wrongly is so the next time too.
      if (error.status >= 500) this.#timer = setTimeout(() => this.#readInSight(), retry);
    }
    this.#onChange();
  }

  #keep(each: PageOf, items: readonly DiffEntry[], total: number): void {
    each.branch.setPage(each.page, items, total);
    const kept = [...this.#kept, each];
    for (const { branch, page } of kept.slice(0, -pagesMost)) branch.dropPage(page);
    this.#kept = kept.slice(-pagesMost);
  }

  #openBelow(branch: Branch): void {
    if (branch.folder === null || branch.total === null || depthOf(branch) >= openBy.depth) return;
    const folders = Array.from({ length: Math.min(branch.total, pageSize) }, (_, at) => at).filter((at) =>
      isFolder(branch.entry(at)),
    );
    if (folders.length > openBy.folders) return;
    for (const at of folders) if (!branch.branchAt(at)) this.open(branch, at);
  }
}

const isSame = (a: PageOf) => (b: PageOf) => a.branch === b.branch && a.page === b.page;

const isFolder = (entry: DiffEntry | undefined) => entry?.kind === 'folder';

const depthOf = ({ parent }: Branch): number => (parent ? depthOf(parent) + 1 : 0);
