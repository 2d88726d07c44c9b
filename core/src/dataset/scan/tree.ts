import { comparePaths } from '../entry.ts';

export type Kind = 'file' | 'folder' | 'link';

/** What was found at one path. Times are in milliseconds with fractions, as `lstat` gives them. */
export interface Found {
  path: string;
  kind: Kind;
  size: number;
  executable: boolean;
  mtime: number;
  ctime: number;
  inode: number;
  /** A link's; '' otherwise. */
  target: string;
}

const kinds: Kind[] = ['file', 'folder', 'link'];

/**
 * A folder's files, links and empty folders in path order, in columns: of a million files an object each
 * would not fit the memory that a sync may take.
 */
export class Tree {
  readonly paths: string[] = [];
  readonly sizes: number[] = [];
  readonly mtimes: number[] = [];
  readonly ctimes: number[] = [];
  readonly inodes: number[] = [];
  /** Kind and executable bit. */
  readonly #flags: number[] = [];
  readonly #targets = new Map<number, string>();

  get length(): number {
    return this.paths.length;
  }

  add(found: Found): void {
    if (found.kind === 'link') this.#targets.set(this.length, found.target);
    this.paths.push(found.path);
    this.sizes.push(found.size);
    this.mtimes.push(found.mtime);
    this.ctimes.push(found.ctime);
    this.inodes.push(found.inode);
    this.#flags.push(kinds.indexOf(found.kind) * 2 + (found.executable ? 1 : 0));
  }

  path(at: number): string {
    return this.paths[at] as string;
  }

  size(at: number): number {
    return this.sizes[at] as number;
  }

  kind(at: number): Kind {
    return kinds[(this.#flags[at] as number) >> 1] as Kind;
  }

  executable(at: number): boolean {
    return ((this.#flags[at] as number) & 1) === 1;
  }

  target(at: number): string {
    return this.#targets.get(at) ?? '';
  }

  at(at: number): Found {
    return {
      path: this.path(at),
      kind: this.kind(at),
      size: this.size(at),
      executable: this.executable(at),
      mtime: this.mtimes[at] as number,
      ctime: this.ctimes[at] as number,
      inode: this.inodes[at] as number,
      target: this.target(at),
    };
  }

  /** Puts what is at one path in the place of what was there. */
  replace(at: number, found: Found): void {
    this.sizes[at] = found.size;
    this.mtimes[at] = found.mtime;
    this.ctimes[at] = found.ctime;
    this.inodes[at] = found.inode;
    this.#flags[at] = kinds.indexOf(found.kind) * 2 + (found.executable ? 1 : 0);
    this.#targets.delete(at);
    if (found.kind === 'link') this.#targets.set(at, found.target);
  }

  /** Path -> target of every link. */
  links(): Map<string, string> {
    return new Map([...this.#targets].map(([at, target]) => [this.path(at), target]));
  }

  sorted(): Tree {
    const order = this.paths.map((_, at) => at);
    if (order.every((at) => at === 0 || comparePaths(this.path(at - 1), this.path(at)) < 0)) return this;
    order.sort((a, b) => comparePaths(this.path(a), this.path(b)));
    const tree = new Tree();
    for (const at of order) tree.add(this.at(at));
    return tree;
  }
}
