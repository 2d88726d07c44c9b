import { comparePaths } from '../entry.ts';
import { columns, isExecutable, type Kind, kindOf, pathIn } from '../scan/run.ts';
import { digestAt, digestBytes, type RecordedRun, runOf, type State, state } from './format.ts';
import type { RecordedIndex } from './read.ts';

/** One entry of a folder that was just compared with what was recorded. */
export interface Row {
  path: string;
  kind: Kind;
  /** Bytes; 0 of what isn't a file. */
  size: number;
  executable: boolean;
  /** Milliseconds with fractions. */
  mtime: number;
  ctime: number;
  inode: number;
  /** Hex, where it is known. */
  sha256: string | undefined;
  /** As it was recorded. */
  same: boolean;
  /** It was found changed while it was read: its stats here are newer than those in the index. */
  moving: boolean;
  /** Where the index has its digest, for `IndexWriter.patch`. */
  digestAt: number;
}

/** The entries that a folder has now, in path order; of what is gone only that something is. */
export class FolderRows {
  readonly #index: RecordedIndex;
  #rows: (Row | { path: string; gone: true })[] = [];
  #at = 0;

  constructor(index: RecordedIndex) {
    this.#index = index;
  }

  /** Up to `last` and with it, at most `most`, else there are `more`. `differs`: something isn't as it was. */
  takeUntil(last: string, most: number): { rows: Row[]; differs: boolean; more: boolean } {
    const rows: Row[] = [];
    let differs = false;
    for (;;) {
      const row = this.#peek();
      if (row === undefined || comparePaths(row.path, last) > 0) return { rows, differs, more: false };
      if (rows.length === most) return { rows, differs, more: true };
      this.#at++;
      if ('gone' in row) differs = true;
      else {
        rows.push(row);
        if (!row.same) differs = true;
      }
    }
  }

  /** A run's worth of those that are left. */
  takeSome(): Row[] {
    for (;;) {
      if (this.#peek() === undefined) return [];
      const rows = this.#rows.slice(this.#at).filter((row): row is Row => !('gone' in row));
      this.#at = this.#rows.length;
      if (rows.length > 0) return rows;
    }
  }

  #peek(): Row | { path: string; gone: true } | undefined {
    while (this.#at === this.#rows.length) {
      const run = this.#index.next();
      if (run === undefined) return undefined;
      this.#rows = rowsOf(run);
      this.#at = 0;
    }
    return this.#rows[this.#at];
  }
}

function rowsOf(run: RecordedRun): (Row | { path: string; gone: true })[] {
  const { folder, names, flags, stats } = runOf(run);
  return names.map((name, at) => {
    const path = pathIn(folder, name);
    if (run.gone) return { path, gone: true };
    const from = at * columns;
    return {
      path,
      kind: kindOf(flags[at] as number),
      size: stats[from] as number,
      executable: isExecutable(flags[at] as number),
      mtime: stats[from + 1] as number,
      ctime: stats[from + 2] as number,
      inode: stats[from + 3] as number,
      sha256: digestAt(run, at),
      same: (run.states[at] as State) === state.same,
      moving: false,
      digestAt: run.digestsAt + at * digestBytes,
    };
  });
}
