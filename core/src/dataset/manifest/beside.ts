import { comparePaths, type Entry } from '../entry.ts';
import type { Leaves } from './read.ts';

/** A version that is walked beside another one. */
export class Beside {
  readonly #leaves: AsyncIterator<Entry[]> | Iterator<Entry[]>;
  #leaf: Entry[] | undefined = [];
  #at = 0;

  constructor(leaves: Leaves) {
    this.#leaves =
      Symbol.asyncIterator in leaves ? leaves[Symbol.asyncIterator]() : leaves[Symbol.iterator]();
  }

  /** What this version has at the paths of `entries`, which are in path order, call after call. */
  async match(entries: readonly Entry[]): Promise<(Entry | undefined)[]> {
    const found: (Entry | undefined)[] = [];
    for (const { path } of entries) {
      while (this.#leaf !== undefined && !this.#reaches(path)) await this.#next();
      const there = this.#leaf?.[this.#at];
      found.push(there?.path === path ? there : undefined);
    }
    return found;
  }

  async close(): Promise<void> {
    await this.#leaves.return?.();
  }

  /** Goes on to the path or to the first one after it, if this leaf has such. */
  #reaches(path: string): boolean {
    const leaf = this.#leaf ?? [];
    for (let entry = leaf[this.#at]; entry !== undefined; entry = leaf[++this.#at]) {
      if (entry.path === path || comparePaths(entry.path, path) > 0) return true;
    }
    return false;
  }

  async #next(): Promise<void> {
    const { done, value } = await this.#leaves.next();
    this.#leaf = done ? undefined : value;
    this.#at = 0;
  }
}
