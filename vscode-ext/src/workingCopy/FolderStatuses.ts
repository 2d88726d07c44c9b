import { basename, dirname, relative } from 'node:path';
import { isForebayError } from '@forebay/core/api/errors';
import type { WorkingCopyStatus } from '@forebay/core/api/schemas';

export type StatusItem = WorkingCopyStatus['items'][number];
type Read = (folder: string, signal: AbortSignal) => Promise<WorkingCopyStatus>;

/**
 * How the folders stand that somebody looks at, each read once until something changes. Only a folder whose own mark says
 * that something differs below it is read: each reading looks at the whole working copy.
 */
export class FolderStatuses {
  readonly #read: Read;
  #known = new Map<string, Promise<WorkingCopyStatus | undefined>>();
  #until = new AbortController();
  #found = false;

  constructor(read: Read) {
    this.#read = read;
  }

  /** Whether any folder that was looked at is in a working copy. */
  get found(): boolean {
    return this.#found;
  }

  /** What became of a file or folder below `top`. */
  async itemOf(path: string, top: string): Promise<StatusItem | undefined> {
    const folder = dirname(path);
    if (!contains(top, folder) || !(await this.#mayDiffer(folder, top))) return undefined;
    const status = await this.#status(folder);
    return status?.items.find(({ name }) => name === basename(path));
  }

  async #mayDiffer(folder: string, top: string): Promise<boolean> {
    if (folder === top) return true;
    const above = dirname(folder);
    if (!(await this.#mayDiffer(above, top))) return false;
    const status = await this.#status(above);
    return (
      status === undefined ||
      status.items.some(({ name, is }) => name === basename(folder) && is !== 'ignored')
    );
  }

  /** Everything is read again when it is asked for. */
  forget(): void {
    this.#until.abort();
    this.#until = new AbortController();
    this.#known = new Map();
  }

  #status(folder: string): Promise<WorkingCopyStatus | undefined> {
    const known = this.#known.get(folder);
    if (known) return known;
    const all = this.#known;
    const reading = this.#read(folder, this.#until.signal).then(
      (status) => {
        this.#found = true;
        return status;
      },
      (error) => {
        // That a folder is in no working copy is an answer; after anything else it is asked again.
        if (!isForebayError(error, 'not-a-working-copy')) all.delete(folder);
        return undefined;
      },
    );
    this.#known.set(folder, reading);
    return reading;
  }
}

function contains(top: string, path: string): boolean {
  const way = relative(top, path);
  return way === '' || (!way.startsWith('..') && way !== path);
}
