import { lstatSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemError } from './systemError.ts';

/**
 * Makes the folders of paths that come in path order, each exactly once: whatever is below a folder comes in a row,
 * so a folder that is left never comes again, and one that exists already is another name for the same thing.
 */
export class FolderMaker {
  readonly #root: string;
  readonly #resumed: boolean;
  #current: string[] = [];
  made = 0;

  constructor(root: string, resumed: boolean) {
    this.#root = root;
    this.#resumed = resumed;
  }

  /** `path` within the root; '' is the root itself. Throws `names-collide` and what systemError says. */
  make(path: string): void {
    if (path === '') return;
    const segments = path.split('/');
    let shared = 0;
    while (shared < segments.length && this.#current[shared] === segments[shared]) shared++;
    for (let depth = shared + 1; depth <= segments.length; depth++) {
      this.#makeOne(segments.slice(0, depth).join('/'));
      this.made++;
    }
    this.#current = segments;
  }

  #makeOne(path: string): void {
    const folder = join(this.#root, path);
    try {
      mkdirSync(folder);
    } catch (error) {
      const exists = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (exists && this.#resumed && lstatSync(folder).isDirectory()) return;
      throw systemError(error, this.#root, path);
    }
  }
}
