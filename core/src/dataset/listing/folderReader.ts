import { setImmediate } from 'node:timers/promises';
import type { FileSort, FileEntry as ListedEntry, Selection } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { fetchPages } from '../manifest/fetch.ts';
import { isLeaf, type Page, type PageRef } from '../manifest/page.ts';
import { readLeaves } from '../manifest/read.ts';
import { readRoot } from '../manifest/root.ts';
import { prefixWithin, selecting } from '../selection.ts';
import { FolderView } from './folderView.ts';

export interface FolderSource {
  lake: Lake;
  datasetId: string;
  root: string;
  /** '' or ending with '/'. */
  prefix: string;
  /** Of a part only what is in it, which takes reading every page below. */
  selection: Selection | null;
}

/** A folder's view while it is read: whoever wants no more than its beginning doesn't wait for the end. */
export class FolderReader {
  readonly view: FolderView;
  /** Resolves when all is read. */
  readonly whole: Promise<void>;
  #complete = false;
  /** Entries of pages that are to be read yet. */
  #ahead = 0;
  #waiting: { rows: number; go: () => void }[] = [];

  constructor(source: FolderSource) {
    this.view = new FolderView(source.prefix);
    this.whole = this.#read(source).then(() => {
      this.#complete = true;
      this.#grown();
    });
    this.whole.catch(() => undefined);
  }

  get complete(): boolean {
    return this.#complete;
  }

  /** Rows; while it is read, those that there are at most. */
  get total(): number {
    return this.view.length + this.#ahead;
  }

  /** Resolves once so many rows are known, all are, or `patience` milliseconds have passed. */
  async until(rows: number, patience: number): Promise<void> {
    if (this.#complete || this.view.length >= rows) return;
    const enough = Promise.withResolvers<void>();
    const timer = setTimeout(enough.resolve, patience);
    this.#waiting.push({ rows, go: enough.resolve });
    await Promise.race([enough.promise, this.whole]).finally(() => clearTimeout(timer));
  }

  slice(start: number, end: number, sort: FileSort): ListedEntry[] {
    return this.view.slice(start, end, sort);
  }

  async #read({ lake, datasetId, root, prefix, selection }: FolderSource): Promise<void> {
    if (selection) {
      const selects = selecting(selection);
      const within = prefixWithin(prefix, selection);
      for await (const entries of readLeaves(lake, datasetId, root, { prefix: within })) {
        for (const entry of entries) if (selects(entry)) this.view.addEntry(entry);
        await this.#pause();
      }
      return;
    }
    const { page } = await readRoot(lake, datasetId, root);
    await this.#addPage(lake, datasetId, page, '');
  }

  /** `after`: the last path before this page, '' at the start. */
  async #addPage(lake: Lake, datasetId: string, page: Page, after: string): Promise<void> {
    if (isLeaf(page)) {
      for (const entry of page.entries) this.view.addEntry(entry);
      return;
    }
    const toRead: PageRef[] = [];
    const before = new Map<PageRef, string>();
    let last = after;
    for (const child of page.children) {
      if (!this.view.addWhole(child, last)) {
        toRead.push(child);
        this.#ahead += child.entries;
        before.set(child, last);
      }
      last = child.last;
    }
    for await (const { ref, page: below } of fetchPages(lake, datasetId, toRead)) {
      this.#ahead -= ref.entries;
      await this.#addPage(lake, datasetId, below, before.get(ref) ?? '');
      await this.#pause();
    }
  }

  /** Pages that came by one request would else be taken in without a break, in a thread that answers others. */
  async #pause(): Promise<void> {
    this.#grown();
    await setImmediate();
  }

  #grown(): void {
    this.view.grown();
    const { length } = this.view;
    if (!this.#waiting.some(({ rows }) => this.#complete || rows <= length)) return;
    this.#waiting = this.#waiting.filter(({ rows, go }) => {
      const enough = this.#complete || rows <= length;
      if (enough) go();
      return !enough;
    });
  }
}
