import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { comparePaths } from '../../entry.ts';
import type { Found, Tree } from '../../scan/tree.ts';
import type { ChangedPath } from './changedPaths.ts';
import { folderMark } from './merge.ts';

/** The working copy as it was scanned: what stands where, and, as far as it matters, what is in it. */
export class Mine {
  readonly #folder: string;
  readonly #tree: Tree;
  /** SHA-256 (hex) by path, as far as it is known. */
  readonly #digests: Map<string, string>;

  constructor(folder: string, tree: Tree, digests: Map<string, string>) {
    this.#folder = folder;
    this.#tree = tree;
    this.#digests = digests;
  }

  /** Reads those files whose content decides something and isn't known from the index. */
  async learn(changed: ChangedPath[], signal: AbortSignal): Promise<void> {
    for (const { path, base, theirs } of changed) {
      const found = this.found(path);
      if (found?.kind !== 'file' || this.#digests.has(path)) continue;
      const sizes = [base, theirs].map((entry) => (entry?.kind === 'file' ? entry.size : undefined));
      // Of another size than both, it is certainly neither.
      if (sizes.includes(found.size)) this.#digests.set(path, await this.#hash(path, signal));
    }
  }

  /** In the words of `contentOf`; undefined where there is nothing, or a folder with something in it. */
  at(path: string): string | undefined {
    const found = this.found(path);
    if (found === undefined) return undefined;
    if (found.kind === 'folder') return folderMark;
    if (found.kind === 'link') return `link ${found.target}`;
    return `${found.executable ? 'executable' : 'file'} ${this.#digests.get(path) ?? 'unknown'}`;
  }

  *below(folder: string): Generator<string> {
    const prefix = `${folder}/`;
    for (let at = this.#firstFrom(prefix); at < this.#tree.length; at++) {
      const path = this.#tree.path(at);
      if (!path.startsWith(prefix)) return;
      yield path;
    }
  }

  found(path: string): Found | undefined {
    const at = this.#find(path);
    return at < 0 ? undefined : this.#tree.at(at);
  }

  links(): Map<string, string> {
    return this.#tree.links();
  }

  /** SHA-256 of a file that still has the stats it was scanned with, if it is known. */
  knownDigest(now: Found): string | undefined {
    const scanned = this.found(now.path);
    return scanned && isUntouched(scanned, now) ? this.#digests.get(now.path) : undefined;
  }

  #find(path: string): number {
    const at = this.#firstFrom(path);
    return at < this.#tree.length && this.#tree.path(at) === path ? at : -1;
  }

  #firstFrom(path: string): number {
    let [low, high] = [0, this.#tree.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (comparePaths(this.#tree.path(middle), path) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async #hash(path: string, signal: AbortSignal): Promise<string> {
    const digest = createHash('sha256');
    for await (const chunk of createReadStream(join(this.#folder, path), { signal })) digest.update(chunk);
    return digest.digest('hex');
  }
}

export function isUntouched(before: Found, now: Found): boolean {
  return (
    before.kind === now.kind &&
    before.size === now.size &&
    before.mtime === now.mtime &&
    before.ctime === now.ctime &&
    before.inode === now.inode
  );
}
