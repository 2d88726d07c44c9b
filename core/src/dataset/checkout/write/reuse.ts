import { comparePaths, type Entry, type FileEntry } from '../../entry.ts';
import { Beside } from '../../manifest/beside.ts';
import type { Leaves } from '../../manifest/read.ts';
import type { Transfer } from '../transfer.ts';
import type { LinkItem } from './writerTask.ts';

/** A finished tree on the same file system, and the entries it was made from. */
export interface ReuseSource {
  folder: string;
  leaves: Leaves;
}

const linksPerTask = 1024;
/** The other tree doesn't have the file any more, or may not share it: it comes from the lake. */
const notLent = new Set(['changed', 'ENOENT', 'ENOTDIR', 'EXDEV', 'EPERM', 'ENOTSUP', 'EOPNOTSUPP']);

/** A file, and when the one that is lent for it was modified. */
interface Loan {
  file: FileEntry;
  mtime: number;
}

/** Walks another version beside the wanted one and hard-links what both have: same path, bytes and executable bit. */
export class Reuse {
  readonly #folder: string;
  readonly #beside: Beside;

  constructor({ folder, leaves }: ReuseSource) {
    this.#folder = folder;
    this.#beside = new Beside(leaves);
  }

  /**
   * Begins to link what it can. `rest` has to come from elsewhere, and so has, when the links are made, what they give back.
   * Files in path order, call after call.
   */
  async lend(
    files: FileEntry[],
    transfer: Transfer,
  ): Promise<{ rest: FileEntry[]; missed: Promise<FileEntry[]> }> {
    const loans: Loan[] = [];
    const rest: FileEntry[] = [];
    const there = await this.#beside.match(files);
    for (const [at, file] of files.entries()) {
      const other = there[at];
      if (mayLend(other, file)) loans.push({ file, mtime: other.mtime });
      else rest.push(file);
    }
    return { rest, missed: this.#link(loans, transfer) };
  }

  async close(): Promise<void> {
    await this.#beside.close();
  }

  async #link(loans: Loan[], transfer: Transfer): Promise<FileEntry[]> {
    const tasks: Promise<FileEntry[]>[] = [];
    for (let at = 0; at < loans.length; at += linksPerTask) {
      tasks.push(this.#linkSome(loans.slice(at, at + linksPerTask), transfer));
    }
    const missed = (await Promise.all(tasks)).flat();
    return missed.sort((a, b) => comparePaths(a.path, b.path));
  }

  async #linkSome(loans: Loan[], transfer: Transfer): Promise<FileEntry[]> {
    const items = loans.map(
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
    for (const [index, { file }] of loans.entries()) {
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

/** Whether the file of another version at the same path is the same. */
export function mayLend(there: Entry | undefined, wanted: Entry): there is FileEntry {
  if (there?.kind !== 'file' || wanted.kind !== 'file' || wanted.sha256 === null) return false;
  const { sha256, size, executable } = there;
  return sha256 === wanted.sha256 && size === wanted.size && executable === wanted.executable;
}
