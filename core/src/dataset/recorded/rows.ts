import { columns, pathIn, type Run } from '../scan/run.ts';
import { digestBytes, type RecordedRun, runOf } from './format.ts';
import type { RecordedIndex } from './read.ts';

/** Walks an index in path order, by whole runs where they are as they were, else entry by entry. Gone ones are passed over. */
export class RecordedRows {
  readonly #index: RecordedIndex | undefined;
  #run: RecordedRun | undefined;
  /** Decoded only where it is needed. */
  #columns: Run | undefined;
  #at = 0;
  #path: string | undefined;
  /** Of the entry that was taken last. */
  taken = '';

  constructor(index: RecordedIndex | undefined) {
    this.#index = index;
    this.#load();
  }

  /** Of the next entry; undefined at the end. */
  get path(): string | undefined {
    if (this.#path === undefined && this.#run) {
      const { folder, names } = this.#decoded();
      this.#path = pathIn(folder, names[this.#at] as string);
    }
    return this.#path;
  }

  /** Takes the next run if it begins here and has exactly these bytes (of `encodeRun`). */
  wholeRun(head: Buffer): RecordedRun | undefined {
    const run = this.#run;
    if (this.#at !== 0 || !run?.head.equals(head.subarray(4))) return undefined;
    this.#load();
    return run;
  }

  /** The next entry. */
  take(): RecordedRow {
    const [run, at] = [this.#run as RecordedRun, this.#at++];
    const { flags, stats } = this.#decoded();
    this.taken = this.path as string;
    this.#path = undefined;
    if (this.#at === run.length) this.#load();
    return new RecordedRow(
      flags[at] as number,
      stats.subarray(at * columns, (at + 1) * columns),
      run.digests.subarray(at * digestBytes, (at + 1) * digestBytes),
    );
  }

  #load(): void {
    do this.#run = this.#index?.next();
    while (this.#run?.gone);
    this.#columns = undefined;
    this.#at = 0;
    this.#path = undefined;
  }

  #decoded(): Run {
    this.#columns ??= runOf(this.#run as RecordedRun);
    return this.#columns;
  }
}

export class RecordedRow {
  readonly flags: number;
  /** Size, mtime, ctime, inode. */
  readonly stats: Float64Array;
  /** SHA-256; zeros where it isn't known. */
  readonly digest: Buffer;

  constructor(flags: number, stats: Float64Array, digest: Buffer) {
    this.flags = flags;
    this.stats = stats;
    this.digest = digest;
  }

  isAs(flags: number, stats: Float64Array): boolean {
    return flags === this.flags && stats.every((value, at) => value === this.stats[at]);
  }
}
