import type { WorkingCopyStatus } from '../../api/schemas.ts';
import type { FolderChange } from './changes.ts';

type Items = WorkingCopyStatus['items'];

/** What differs among the things that lie directly in a folder ('' for the top): a folder as a whole, with a count. */
export class ShownItems {
  readonly #prefix: string;
  readonly #items = new Map<string, Items[number]>();

  constructor(folder: string) {
    this.#prefix = folder === '' ? '' : `${folder}/`;
  }

  add({ path, is }: Pick<FolderChange, 'path' | 'is'>): void {
    if (!path.startsWith(this.#prefix)) return;
    const slash = path.indexOf('/', this.#prefix.length);
    const name = path.slice(this.#prefix.length, slash < 0 ? undefined : slash);
    const known = this.#items.get(name);
    if (!known) {
      this.#items.set(name, { name, is, count: 1 });
      return;
    }
    // A folder in which several things happened has changed.
    if (known.is !== is) known.is = 'changed';
    known.count++;
  }

  all(): Items {
    return [...this.#items.values()];
  }
}
