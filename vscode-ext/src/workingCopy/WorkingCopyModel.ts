import { isForebayError } from '@forebay/core/api/errors';
import type { WorkingCopyStatus } from '@forebay/core/api/schemas';
import { coalesce } from '../coalesce.ts';
import type { DaemonModel } from '../daemon/DaemonModel.ts';
import { Signal } from '../signal.ts';
import type { Change } from './changeText.ts';
import { insideOf } from './inside.ts';

/** Changes that are told by path; of the rest there is a count. */
const changesMost = 2000;
/** Milliseconds between two looks, however much is written meanwhile. */
const pause = 1000;

/** How one working copy stands, looked at again when something in it, or its dataset, may have changed. */
export class WorkingCopyModel {
  readonly changed = new Signal<void>();
  readonly folder: string;
  /** Undefined until it was looked at, null where it is no working copy any more. */
  status: WorkingCopyStatus | null | undefined;
  readonly #daemon: DaemonModel;
  readonly #gone = new AbortController();
  #changes: ReadonlyMap<string, Change> = new Map();
  readonly lookSoon = coalesce(pause, () => this.look());

  constructor(daemon: DaemonModel, folder: string) {
    this.#daemon = daemon;
    this.folder = folder;
  }

  /** `large`: however many files there are. A daemon that somebody ended stays ended. */
  async look(large = false): Promise<void> {
    if (this.#daemon.state.kind === 'offline' || this.#gone.signal.aborted) return;
    const client = await this.#daemon.client();
    const options = { large, changes: changesMost, signal: this.#gone.signal };
    try {
      this.#set(await client.workingCopies.status(this.folder, options));
    } catch (error) {
      // Whatever else is wrong, the views say it; what was known stays.
      if (isForebayError(error, 'not-a-working-copy', 'folder-unknown')) this.#set(null);
    }
  }

  /** What became of a file, by its path on disk. */
  changeOf(file: string): Change | undefined {
    return this.#changes.get(insideOf(this.folder, file) ?? '');
  }

  dispose(): void {
    this.#gone.abort();
  }

  #set(status: WorkingCopyStatus | null): void {
    if (this.#gone.signal.aborted) return;
    this.status = status;
    this.#changes = new Map(status?.changes.map((change) => [change.path, change]));
    this.changed.fire();
  }
}
