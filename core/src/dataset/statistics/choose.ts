import { fileType, isPictureType } from '../../api/fileType.ts';
import type { FileEntry } from '../entry.ts';

/** How many files are looked into, of each kind. */
export const chosenMost = { images: 256, grid: 24, perFolder: 2, folders: 2000, tables: 12 };

export interface Chosen {
  /** Pictures in the version. */
  pictures: number;
  images: FileEntry[];
  grid: FileEntry[];
  tables: FileEntry[];
}

/**
 * Chooses files as they come. A file's place in line is the hash of its path: a choice that is as good as one by lot, and
 * the same again in the next version.
 */
export class Chooser {
  #pictures = 0;
  readonly #images = new Least(chosenMost.images);
  readonly #perFolder = new Map<string, Least>();
  readonly #tables = new Least(chosenMost.tables);

  add(file: FileEntry): void {
    const { path, size } = file;
    const type = fileType(path);
    if (type === 'csv' || type === 'tsv') this.#tables.add(-size, file);
    if (!isPictureType(type) || type === 'svg') return;
    this.#pictures++;
    const rank = hashOf(path);
    this.#images.add(rank, file);
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const known = this.#perFolder.get(folder);
    if (!known && this.#perFolder.size === chosenMost.folders) return;
    const ofFolder = known ?? new Least(chosenMost.grid);
    if (!known) this.#perFolder.set(folder, ofFolder);
    // Many folders need few of each.
    ofFolder.add(rank, file, this.#perFolder.size > chosenMost.grid ? chosenMost.perFolder : undefined);
  }

  finish(): Chosen {
    return {
      pictures: this.#pictures,
      images: this.#images.files(),
      grid: inTurn([...this.#perFolder.values()].map((each) => each.files())).slice(0, chosenMost.grid),
      tables: this.#tables.files(),
    };
  }
}

/** One of each folder, then another of each; of too many folders, those whose first comes first in line. */
function inTurn(folders: FileEntry[][]): FileEntry[] {
  const rounds = Math.max(0, ...folders.map(({ length }) => length));
  const all: FileEntry[] = [];
  for (let round = 0; round < rounds; round++) {
    const some = folders.flatMap((files) => files[round] ?? []);
    if (all.length + some.length > chosenMost.grid) some.sort((a, b) => hashOf(a.path) - hashOf(b.path));
    all.push(...some);
    if (all.length >= chosenMost.grid) break;
  }
  return all;
}

/** The files that come first in line. */
class Least {
  readonly #most: number;
  #files: { rank: number; file: FileEntry }[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  add(rank: number, file: FileEntry, most = this.#most): void {
    const last = this.#files.at(-1);
    if (this.#files.length >= most && last && rank >= last.rank) return;
    let at = this.#files.length;
    while (at > 0 && (this.#files[at - 1]?.rank ?? 0) > rank) at--;
    this.#files.splice(at, 0, { rank, file });
    if (this.#files.length > most) this.#files.length = most;
  }

  files(): FileEntry[] {
    return this.#files.map(({ file }) => file);
  }
}

/** FNV-1a, 32 bits, its bits mixed once more (http://www.isthe.com/chongo/tech/comp/fnv/). */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (hash ^ (hash >>> 16)) >>> 0;
}
