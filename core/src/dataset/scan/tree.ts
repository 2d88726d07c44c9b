import { columns, isExecutable, type Kind, kindOf, pathIn, type Run } from './run.ts';

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

export function foundAt(
  { folder, names, flags, stats }: Run,
  at: number,
  targetOf: (path: string) => string,
): Found {
  const path = pathIn(folder, names[at] as string);
  const kind = kindOf(flags[at] as number);
  const [size, mtime, ctime, inode] = stats.subarray(at * columns) as unknown as [
    number,
    number,
    number,
    number,
  ];
  const executable = isExecutable(flags[at] as number);
  return { path, kind, size, executable, mtime, ctime, inode, target: kind === 'link' ? targetOf(path) : '' };
}

/** A folder's files, links and empty folders in path order, each of which can be asked for. */
export class Tree {
  readonly #found: Found[] = [];

  get length(): number {
    return this.#found.length;
  }

  get paths(): string[] {
    return this.#found.map(({ path }) => path);
  }

  add(found: Found): void {
    this.#found.push(found);
  }

  path(at: number): string {
    return this.at(at).path;
  }

  at(at: number): Found {
    return this.#found[at] as Found;
  }

  /** Path -> target of every link. */
  links(): Map<string, string> {
    const links = this.#found.filter(({ kind }) => kind === 'link');
    return new Map(links.map(({ path, target }) => [path, target]));
  }
}
