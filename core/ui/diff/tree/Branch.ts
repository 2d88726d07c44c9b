import type { DiffEntry } from '../../../src/api/schemas.ts';

/** Entries that come at once. */
export const pageSize = 200;

/** One line as it is drawn; the entry is undefined until its page has come. */
export interface TreeLine {
  entry: DiffEntry | undefined;
  /** 0 at the top. */
  depth: number;
  branch: Branch;
  /** Within its branch. */
  at: number;
  open: boolean;
}

/**
 * The children of a folder, of which only those pages are here that were looked at, and the open folders among them.
 * So a tree of a million paths costs what is in sight.
 */
export class Branch {
  /** Null: everything below each other. */
  readonly folder: string | null;
  readonly parent: Branch | undefined;
  /** Of its own line in the parent. */
  readonly at: number;
  /** Children; null until the first page has come. */
  total: number | null = null;
  readonly #pages = new Map<number, readonly DiffEntry[]>();
  readonly #open = new Map<number, Branch>();

  constructor(folder: string | null, parent?: Branch, at = 0) {
    this.folder = folder;
    this.parent = parent;
    this.at = at;
  }

  /** Lines of this branch with those of open folders in it; at least one, while the first page is coming. */
  get length(): number {
    let length = this.total ?? 1;
    for (const below of this.#open.values()) length += below.length;
    return length;
  }

  entry(at: number): DiffEntry | undefined {
    return this.#pages.get(Math.floor(at / pageSize))?.[at % pageSize];
  }

  hasPage(page: number): boolean {
    return this.#pages.has(page);
  }

  setPage(page: number, items: readonly DiffEntry[], total: number): void {
    this.#pages.set(page, items);
    this.total = total;
  }

  /** Its lines stay, and are read again where they come into sight. */
  dropPage(page: number): void {
    this.#pages.delete(page);
  }

  branchAt(at: number): Branch | undefined {
    return this.#open.get(at);
  }

  /** Opens the folder at `at`, or gives it as it is open already. */
  open(at: number): Branch | undefined {
    const entry = this.entry(at);
    if (entry?.kind !== 'folder') return undefined;
    const branch = this.#open.get(at) ?? new Branch(entry.path, this, at);
    this.#open.set(at, branch);
    return branch;
  }

  close(at: number): void {
    this.#open.delete(at);
  }

  /** The line at `index`, counted from 0 at this branch's first. */
  line(index: number, depth = 0): TreeLine | undefined {
    let before = 0;
    for (const at of [...this.#open.keys()].sort((a, b) => a - b)) {
      const below = this.#open.get(at) as Branch;
      const first = at + before + 1;
      if (index < first) break;
      if (index < first + below.length) return below.line(index - first, depth + 1);
      before += below.length;
    }
    const at = index - before;
    if (at < 0 || at >= (this.total ?? 1)) return undefined;
    return { entry: this.entry(at), depth, branch: this, at, open: this.#open.has(at) };
  }

  /** Where the line of the child `at` stands, counted from the whole tree's first. */
  indexOf(at: number): number {
    let index = at;
    for (const [other, below] of this.#open) if (other < at) index += below.length;
    return this.parent ? this.parent.indexOf(this.at) + 1 + index : index;
  }
}
