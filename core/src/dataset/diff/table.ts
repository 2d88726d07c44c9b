import { hash } from 'node:crypto';
import type { Difference, Side } from './difference.ts';

/** What became of a path. A moved file stands once, at its new path; where it was is `left`, and is not shown. */
export const changeKinds = ['added', 'changed', 'removed', 'moved', 'left'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One row of a table, as it is read out. */
export interface ChangeRow {
  path: string;
  is: ChangeKind;
  /** Of a moved file: where it was. */
  from: string | undefined;
  before: RowSide | undefined;
  after: RowSide | undefined;
}

export type RowSide = Pick<Side, 'kind' | 'size' | 'executable'>;

const sideKinds = ['file', 'folder', 'link'] as const;
export const digestBytes = 32;
const none = -1;

/**
 * Differences of two versions in path order, in columns: of a million an object each would be half a gigabyte.
 * Rows of one folder follow each other, so a folder is found by two binary searches.
 */
export class DiffTable {
  #paths = Buffer.alloc(0);
  #pathBytes = 0;
  /** Where each row's path ends. */
  #ends = new Uint32Array(0);
  #kinds = new Uint8Array(0);
  /** Kind and executable bit of both sides: 3 bits each. */
  #flags = new Uint8Array(0);
  /** Bytes; -1 where that side isn't there. */
  #before = new Float64Array(0);
  #after = new Float64Array(0);
  /** Row that a moved file left; -1. */
  #from = new Int32Array(0);
  /** SHA-256 of what identifies the content of added and removed files; only until moves are found. */
  #digests: Buffer<ArrayBuffer> | undefined = Buffer.alloc(0);
  length = 0;

  add({ path, before, after }: Difference): void {
    const row = this.length++;
    this.#grow(row + 1, Buffer.byteLength(path));
    this.#pathBytes += this.#paths.write(path, this.#pathBytes);
    this.#ends[row] = this.#pathBytes;
    this.#kinds[row] = changeKinds.indexOf(!before ? 'added' : !after ? 'removed' : 'changed');
    this.#flags[row] = flagsOf(before) | (flagsOf(after) << 3);
    this.#before[row] = before ? before.size : none;
    this.#after[row] = after ? after.size : none;
    this.#from[row] = none;
    const alone = before && after ? undefined : (before ?? after);
    if (this.#digests && alone?.kind === 'file')
      digestOf(alone.content).copy(this.#digests, row * digestBytes);
  }

  /** No more rows come, and no more moves are looked for. */
  seal(): void {
    this.#digests = undefined;
  }

  path(row: number): string {
    return this.#paths.toString('utf8', this.#start(row), this.#ends[row]);
  }

  is(row: number): ChangeKind {
    return changeKinds[this.#kinds[row] as number] as ChangeKind;
  }

  /** Bytes on either side; 0 where it isn't there. */
  bytes(row: number): { before: number; after: number } {
    const [before, after] = [this.#before[row] as number, this.#after[row] as number];
    return { before: Math.max(0, before), after: Math.max(0, after) };
  }

  /** Whether a side has a file. */
  files(row: number): { before: boolean; after: boolean } {
    const [flags, before, after] = [this.#flags[row] as number, this.#before[row], this.#after[row]];
    return {
      before: before !== none && (flags & 3) === 0,
      after: after !== none && ((flags >> 3) & 3) === 0,
    };
  }

  row(row: number): ChangeRow {
    const from = this.#from[row] as number;
    const old = from === none ? row : from;
    return {
      path: this.path(row),
      is: this.is(row),
      from: from === none ? undefined : this.path(from),
      before: sideAt(this.#before[old] as number, this.#flags[old] as number),
      after: sideAt(this.#after[row] as number, (this.#flags[row] as number) >> 3),
    };
  }

  /** The file at row `to` is the one that was at row `from`. */
  move(from: number, to: number): void {
    this.#kinds[from] = changeKinds.indexOf('left');
    this.#kinds[to] = changeKinds.indexOf('moved');
    this.#from[to] = from;
  }

  /** Row that a moved file left; -1 of others. */
  from(row: number): number {
    return this.#from[row] as number;
  }

  /** Of an added or removed file; undefined once sealed. */
  digest(row: number): Buffer | undefined {
    return this.#digests?.subarray(row * digestBytes, (row + 1) * digestBytes);
  }

  /** The path's bytes: in the order in which rows stand. */
  pathBytes(row: number): Buffer {
    return this.#paths.subarray(this.#start(row), this.#ends[row]);
  }

  /** Row of exactly this path, or -1. */
  find(path: string): number {
    const bytes = Buffer.from(path);
    const row = this.firstFrom(bytes, 0, this.length);
    return row < this.length && this.pathBytes(row).equals(bytes) ? row : -1;
  }

  /** The first row from `low` to below `high` whose path is `path` or comes after it; `high` if none. */
  firstFrom(path: Buffer, low: number, high: number): number {
    let [from, to] = [low, high];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.pathBytes(middle).compare(path) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #start(row: number): number {
    return row === 0 ? 0 : (this.#ends[row - 1] as number);
  }

  #grow(rows: number, pathBytes: number): void {
    const bytes = this.#pathBytes + pathBytes;
    if (bytes > this.#paths.length) this.#paths = grown(this.#paths, Math.max(4096, bytes * 1.5));
    if (rows <= this.#kinds.length) return;
    const length = Math.max(64, Math.ceil(rows * 1.5));
    this.#ends = longer(this.#ends, new Uint32Array(length));
    this.#kinds = longer(this.#kinds, new Uint8Array(length));
    this.#flags = longer(this.#flags, new Uint8Array(length));
    this.#before = longer(this.#before, new Float64Array(length));
    this.#after = longer(this.#after, new Float64Array(length));
    this.#from = longer(this.#from, new Int32Array(length));
    if (this.#digests) this.#digests = grown(this.#digests, length * digestBytes);
  }
}

function flagsOf(side: Side | undefined): number {
  return side ? sideKinds.indexOf(side.kind) | (side.executable ? 4 : 0) : 0;
}

function sideAt(size: number, flags: number): RowSide | undefined {
  if (size === none) return undefined;
  return { kind: sideKinds[flags & 3] as Side['kind'], size, executable: (flags & 4) !== 0 };
}

const ownHash = 'sha256:';

function digestOf(content: string): Buffer {
  return content.startsWith(ownHash)
    ? Buffer.from(content.slice(ownHash.length), 'hex')
    : hash('sha256', content, 'buffer');
}

function longer<T extends Uint8Array | Uint32Array | Int32Array | Float64Array>(old: T, fresh: T): T {
  fresh.set(old as never);
  return fresh;
}

function grown(old: Buffer, length: number): Buffer<ArrayBuffer> {
  const fresh = Buffer.alloc(Math.ceil(length));
  old.copy(fresh);
  return fresh;
}
