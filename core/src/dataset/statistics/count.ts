import { fileType } from '../../api/fileType.ts';
import type { Counts } from '../../api/schemas.ts';
import type { Entry, FileEntry } from '../entry.ts';
import { classesIn } from './classes.ts';
import { addTo, type Counted, none, sumOf } from './counted.ts';
import { topFolders } from './topFolders.ts';

/** Beyond so many folders nothing is said by folder. */
const mostFolders = 50_000;
const mostTypes = 30;

/** Counts a version's entries as they come, in path order. */
export class Counter {
  readonly #all = { files: 0, bytes: 0, links: 0, empty: 0 };
  readonly #types = new Map<string, Counted>();
  /** By path, '' for the top: of the files directly in it. */
  readonly #folders = new Map<string, Counted>();
  /** Some files are in folders beyond those. */
  #isBeyond = false;
  #foldersSeen = 0;
  /** The folder that the last entry is in, with a slash behind it. */
  #last = '';
  #folder: { path: string; counted: Counted } | undefined;
  /** By power of two. */
  readonly #sizes: Counted[] = [];

  get files(): number {
    return this.#all.files;
  }

  add(entry: Entry): void {
    this.#countFoldersAbove(entry.path);
    if (entry.kind === 'link') this.#all.links++;
    else if (entry.kind === 'folder') this.#foldersSeen++;
    else this.#addFile(entry);
  }

  finish(): Counts {
    const folders = this.#isBeyond ? null : this.#folders;
    const top = folders ? topFolders(folders) : [];
    return {
      ...this.#all,
      folders: this.#foldersSeen,
      types: this.#typeRows(),
      top: top.slice(0, 200),
      topTotal: top.length,
      classes: folders && classesIn(folders),
      sizes: this.#sizeRows(),
    };
  }

  /** What is in a folder comes without anything else in between: a folder is new where the last entry wasn't in it. */
  #countFoldersAbove(path: string): void {
    const end = path.lastIndexOf('/') + 1;
    if (end === this.#last.length && path.startsWith(this.#last)) return;
    for (let at = path.indexOf('/') + 1; at > 0; at = path.indexOf('/', at) + 1) {
      if (!this.#last.startsWith(path.slice(0, at))) this.#foldersSeen++;
    }
    this.#last = path.slice(0, end);
  }

  #addFile({ path, size }: FileEntry): void {
    this.#all.files++;
    this.#all.bytes += size;
    if (size === 0) this.#all.empty++;
    else addTo(this.#countedBySize(size), size);
    const type = fileType(path);
    const ofType = this.#types.get(type) ?? none();
    this.#types.set(type, ofType);
    addTo(ofType, size);
    addTo(this.#countedIn(path.slice(0, Math.max(0, path.lastIndexOf('/')))), size);
  }

  #countedBySize(size: number): Counted {
    const power = Math.floor(Math.log2(size));
    const counted = this.#sizes[power] ?? none();
    this.#sizes[power] = counted;
    return counted;
  }

  /** Files of one folder mostly come one after the other. */
  #countedIn(path: string): Counted {
    if (this.#folder?.path === path) return this.#folder.counted;
    const known = this.#folders.get(path);
    const counted = known ?? none();
    if (!known) {
      if (this.#folders.size < mostFolders) this.#folders.set(path, counted);
      else this.#isBeyond = true;
    }
    this.#folder = { path, counted };
    return counted;
  }

  #typeRows(): Counts['types'] {
    const rows = [...this.#types].map(([type, counted]) => ({ type, ...counted }));
    rows.sort((a, b) => b.bytes - a.bytes || b.files - a.files);
    const rest = rows.splice(mostTypes);
    if (rest.length > 0) rows.push({ type: '*', ...sumOf(rest) });
    return rows;
  }

  /** Every range between the smallest and the largest, empty ones too. */
  #sizeRows(): Counts['sizes'] {
    const first = Math.max(0, this.#sizes.findIndex(Boolean));
    return Array.from(this.#sizes, (counted) => counted ?? none())
      .map((counted, power) => ({ from: 2 ** power, to: 2 ** (power + 1), ...counted }))
      .slice(first);
  }
}
