import type { Job, PullChoice, WorkingCopy, WorkingCopyStatus } from '../api/schemas.ts';
import type { SelectionRequest } from '../api/selection.ts';
import type { Requester } from './http/request.ts';

export interface SyncRequest {
  /** Absolute path of a folder in the working copy. */
  folder: string;
  message?: string;
  author?: string;
  /** The folder becomes the next version whatever came between. */
  replace?: boolean;
  /** Id of the run that makes it. */
  run?: string;
}

export interface PullOptions {
  /** Tells what would come, and changes nothing. */
  dryRun?: boolean;
  /** By path, for what both sides changed; else the folder keeps its own. */
  choices?: Record<string, PullChoice>;
}

export interface StatusOptions {
  /** However many files there are. */
  large?: boolean;
  /** How many changes to tell by path, at most 10,000. */
  changes?: number;
  signal?: AbortSignal;
}

/** Folders on this machine that follow a dataset. Folders are absolute paths. */
export class WorkingCopiesClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /** Throws `not-a-working-copy`. */
  get(folder: string): Promise<WorkingCopy> {
    return this.#requests.get('/api/v1/working-copies', { folder });
  }

  create(request: { folder: string; dataset: string }): Promise<WorkingCopy> {
    return this.#requests.post('/api/v1/working-copies', request);
  }

  /** The job's result is a SyncResult. */
  sync(request: SyncRequest): Promise<Job> {
    return this.#requests.post('/api/v1/working-copies/sync', request);
  }

  /** What a sync would make; nothing is written. The job's result is a SyncPreview. */
  preview(folder: string): Promise<Job> {
    return this.#requests.post('/api/v1/working-copies/preview', { folder });
  }

  /** How the working copy stands, by the stats of its files; `items` are those directly in `folder`. */
  status(folder: string, options: StatusOptions = {}): Promise<WorkingCopyStatus> {
    const { large = false, changes = 0, signal } = options;
    return this.#requests.get('/api/v1/working-copies/status', { folder, large, changes }, signal);
  }

  /** The job's result is a CheckoutResult. */
  pull(folder: string, options: PullOptions = {}): Promise<Job> {
    return this.#requests.post('/api/v1/working-copies/pull', { folder, ...options });
  }

  /** The job's result is a CheckoutResult. */
  clone(request: { ref: string; folder: string } & SelectionRequest): Promise<Job> {
    return this.#requests.post('/api/v1/working-copies/clone', request);
  }
}
