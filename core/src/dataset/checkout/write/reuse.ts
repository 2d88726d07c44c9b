import { comparePaths, type Entry, type FileEntry } from '../../entry.ts';
import type { Transfer } from '../transfer.ts';
import type { LinkItem } from './writerTask.ts';

/** A finished tree on the same file system, and the entries it was made from, in path order. */
export interface ReuseSource {
  folder: string;
  entries: AsyncIterable<Entry>;
}

const linksPerTask = 1024;
/** The other tree doesn't have the file any more, or may not share it: it comes from the lake. */
const notLent = new Set(['changed', 'ENOENT', 'ENOTDIR', 'EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP']);

/** Walks another version beside the wanted one and hard-links what both have: same path, bytes and executable bit. */
export class Reuse {
  readonly #folder: string;
  readonly #entries: AsyncIterator<Entry>;
  #current: IteratorResult<Entry> | undefined;

  constructor({ folder, entries }: ReuseSource) {
    this.#folder = folder;
    this.#entries = entries[Symbol.asyncIterator]();
  }

  /** Links what it can; gives back what has to come from elsewhere. Files in path order, call after call. */
  async link(files: FileEntry[], transfer: Transfer): Promise<FileEntry[]> {
    const same: { file: FileEntry; mtime: number }[] = [];
    const rest: FileEntry[] = [];
    for (const file of files) {
      const there = await this.#find(file.path);
      if (there && isSame(there, file)) same.push({ file, mtime: there.mtime });
      else rest.push(file);
    }
    const tasks: Promise<FileEntry[]>[] = [];
    for (let at = 0; at < same.length; at += linksPerTask) {
      tasks.push(this.#linkSome(same.slice(at, at + linksPerTask), transfer));
    }
    const missed = (await Promise.all(tasks)).flat();
    return missed.length === 0 ? rest : [...rest, ...missed].sort((a, b) => comparePaths(a.path, b.path));
  }

  async close(): Promise<void> {
    await this.#entries.return?.();
  }

  async #find(path: string): Promise<FileEntry | undefined> {
    this.#current ??= await this.#entries.next();
    while (!this.#current.done && comparePaths(this.#current.value.path, path) < 0) {
      this.#current = await this.#entries.next();
    }
    const entry = this.#current.done ? undefined : this.#current.value;
    return entry?.kind === 'file' && entry.path === path ? entry : undefined;
  }

  async #linkSome(same: { file: FileEntry; mtime: number }[], transfer: Transfer): Promise<FileEntry[]> {
    const items = same.map(
      ({ file, mtime }): LinkItem => ({
        path: file.path,
        size: file.size,
        sha256: file.sha256,
        mtime,
        mode: transfer.modeOf(file),
      }),
    );
    const folder = transfer.folder ?? '';
    const failures = await transfer.pool.run({ kind: 'link', folder, from: this.#folder, items });
    const failed = new Map(failures.map((failure) => [failure.index, failure]));
    const missed: FileEntry[] = [];
    for (const [index, { file }] of same.entries()) {
      const failure = failed.get(index);
      if (failure === undefined) {
        transfer.linked(file);
        transfer.done(file);
      } else if (notLent.has(failure.code)) missed.push(file);
      else transfer.refused(failure, file.path);
    }
    return missed;
  }
}

function isSame(a: FileEntry, b: FileEntry): boolean {
  return a.sha256 !== null && a.sha256 === b.sha256 && a.size === b.size && a.executable === b.executable;
}
