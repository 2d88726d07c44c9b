import { isForebayError } from '@forebay/core/api/errors';
import type { WorkingCopyStatus } from '@forebay/core/api/schemas';
import { Signal } from '@lumino/signaling';
import type { IForebay } from '../tokens.ts';

/** Milliseconds: changes gather for a moment. */
const gather = 400;

/** How the working copy stands whose folder a file browser shows: looked at again when something may have changed, once at a time. */
export class FolderStatus {
  readonly changed = new Signal<this, void>(this);
  /** Null where the folder is in no working copy, or nothing is known. */
  status: WorkingCopyStatus | null = null;
  readonly #forebay: IForebay;
  readonly #folder: () => string | null;
  /** Of which folder `status` is. */
  #shown: string | null = null;
  readonly #gone = new AbortController();
  #timer = 0;
  #looking = false;
  #stale = false;

  constructor(forebay: IForebay, folder: () => string | null) {
    this.#forebay = forebay;
    this.#folder = folder;
  }

  dispose(): void {
    this.#gone.abort();
    window.clearTimeout(this.#timer);
    Signal.clearData(this);
  }

  /** Something may have changed. */
  soon(): void {
    window.clearTimeout(this.#timer);
    if (document.hidden) return;
    this.#timer = window.setTimeout(() => void this.look(), gather);
  }

  /** Looks now; `large`: however many files there are. */
  async look(large = false): Promise<void> {
    if (this.#looking) {
      this.#stale = true;
      return;
    }
    this.#looking = true;
    const folder = this.#folder();
    if (folder !== this.#shown) this.#set(null, folder);
    if (folder !== null) {
      try {
        const { signal } = this.#gone;
        this.#set(await this.#forebay.client.workingCopies.status(folder, { large, signal }), folder);
      } catch (error) {
        // Whatever else is wrong the side bar says; a folder that is none of ours has nothing to say.
        if (isForebayError(error, 'not-a-working-copy')) this.#set(null, folder);
      }
    }
    this.#looking = false;
    if (!this.#stale) return;
    this.#stale = false;
    this.soon();
  }

  #set(status: WorkingCopyStatus | null, folder: string | null): void {
    const moved = this.#folder() !== folder;
    this.#shown = folder;
    this.status = moved ? null : status;
    this.changed.emit();
  }
}
