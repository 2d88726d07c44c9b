import type { FileSort, FileEntry as ListedEntry } from '../../api/schemas.ts';
import { comparePaths, type Entry } from '../entry.ts';
import type { PageRef } from '../manifest/page.ts';
import { orderOf, typePlaces } from './order.ts';
import { fold } from './versionIndex.ts';

interface Counted {
  files: number;
  size: number;
}

/**
 * One folder's children, gathered from pages in path order; pages that lie within one sub-folder, or outside, count
 * without being read. Held as columns: about 150 bytes a file.
 */
export class FolderView {
  readonly #prefix: string;
  readonly #folders = new Map<string, Counted>();
  readonly #paths: string[] = [];
  readonly #sizes: number[] = [];
  readonly #mtimes: number[] = [];
  /** Of a file its sha256, of a link its target. */
  readonly #contents: (string | null)[] = [];
  readonly #kinds: Kind[] = [];
  readonly #orders = new Map<FileSort, { folders: string[]; others: Uint32Array | null }>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Rows known so far. */
  get length(): number {
    return this.#folders.size + this.#paths.length;
  }

  /** Sub-folders with what lies below them; `size` in bytes. */
  get folders(): ReadonlyMap<string, Readonly<Counted>> {
    return this.#folders;
  }

  addEntry(entry: Entry): void {
    if (!entry.path.startsWith(this.#prefix)) return;
    const folder = this.#folderOf(entry.path);
    if (folder !== undefined) {
      this.#count(folder, entry.kind === 'file' ? 1 : 0, entry.kind === 'file' ? entry.size : 0);
    } else if (entry.kind === 'folder') this.#count(entry.path, 0, 0);
    else this.#addOther(entry);
  }

  /** Whether the page needs no reading: all its paths come after `after`, up to its last. */
  addWhole(page: PageRef, after: string): boolean {
    const { last } = page;
    if (comparePaths(last, this.#prefix) < 0) return true;
    const startsAfter = comparePaths(after, this.#prefix) > 0 && !after.startsWith(this.#prefix);
    if (startsAfter) return true;
    const folder = after.startsWith(this.#prefix) ? this.#folderOf(after) : undefined;
    if (folder === undefined || !last.startsWith(`${folder}/`)) return false;
    this.#count(folder, page.files, page.bytes);
    return true;
  }

  /** Rows from `start`, sub-folders first. */
  slice(start: number, end: number, sort: FileSort): ListedEntry[] {
    const { folders, others } = this.#orders.get(sort) ?? this.#order(sort);
    const items = folders.slice(start, end).map((path) => {
      const { files, size } = this.#folders.get(path) as Counted;
      return { path, kind: 'folder' as const, size, files };
    });
    const from = Math.max(0, start - folders.length);
    const until = Math.min(this.#paths.length, end - folders.length);
    const rest: ListedEntry[] = [];
    for (let at = from; at < until; at++) rest.push(this.#other(others?.[at] ?? at));
    return [...items, ...rest];
  }

  /** Where the first row is whose name begins with this, whatever its case; undefined where there is none. */
  find(begins: string, sort: FileSort): number | undefined {
    const { folders, others } = this.#orders.get(sort) ?? this.#order(sort);
    const wanted = fold(begins);
    const from = this.#prefix.length;
    // The fold of so many letters is long enough.
    const is = (path: string) => fold(path.slice(from, from + begins.length * 2)).startsWith(wanted);
    const folder = folders.findIndex(is);
    if (folder >= 0) return folder;
    for (let at = 0; at < this.#paths.length; at++) {
      if (is(this.#paths[others?.[at] ?? at] as string)) return folders.length + at;
    }
    return undefined;
  }

  /** The order is worked out again: there are more rows since. */
  grown(): void {
    this.#orders.clear();
  }

  #order(sort: FileSort) {
    const paths = [...this.#folders.keys()].sort(comparePaths);
    const sizes = () => paths.map((path) => this.#folders.get(path)?.size ?? 0);
    const none = () => [];
    // Folders have no type, and no time that says anything.
    const byWhat = /size|name/.test(sort) ? sort : 'name';
    const order = orderOf({ count: paths.length, sizes, mtimes: none, types: none }, byWhat);
    const columns = {
      count: this.#paths.length,
      sizes: () => this.#sizes,
      mtimes: () => this.#mtimes,
      types: () => typePlaces(this.#paths),
    };
    const made = {
      folders: order ? Array.from(order, (at) => paths[at] as string) : paths,
      others: orderOf(columns, sort),
    };
    this.#orders.set(sort, made);
    return made;
  }

  #addOther(entry: Exclude<Entry, { kind: 'folder' }>): void {
    const isFile = entry.kind === 'file';
    this.#paths.push(entry.path);
    this.#sizes.push(isFile ? entry.size : 0);
    this.#mtimes.push(isFile ? entry.mtime : 0);
    this.#contents.push(isFile ? entry.sha256 : entry.target);
    this.#kinds.push(isFile ? (entry.executable ? Kind.executable : Kind.file) : Kind.link);
  }

  #other(at: number): ListedEntry {
    const path = this.#paths[at] as string;
    const content = this.#contents[at] ?? null;
    const kind = this.#kinds[at];
    if (kind === Kind.link) return { path, kind: 'link', size: 0, target: content ?? '' };
    return {
      path,
      kind: 'file',
      size: this.#sizes[at] ?? 0,
      executable: kind === Kind.executable,
      mtime: new Date(this.#mtimes[at] ?? 0).toISOString(),
      ...(content === null ? {} : { sha256: content }),
    };
  }

  /** The sub-folder that `path` lies in, or undefined for what lies directly here. */
  #folderOf(path: string): string | undefined {
    const slash = path.indexOf('/', this.#prefix.length);
    return slash < 0 ? undefined : path.slice(0, slash);
  }

  #count(folder: string, files: number, size: number): void {
    const counted = this.#folders.get(folder) ?? { files: 0, size: 0 };
    counted.files += files;
    counted.size += size;
    this.#folders.set(folder, counted);
  }
}

const Kind = { file: 0, executable: 1, link: 2 } as const;
type Kind = (typeof Kind)[keyof typeof Kind];
