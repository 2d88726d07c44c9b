import type { Job, WorkingCopy } from '../api/schemas.ts';
import type { SelectionRequest } from '../api/selection.ts';
import type { Requester } from './request.ts';

export interface SyncRequest {
  /** Absolute path of a folder in the working copy. */
  folder: string;
  message?: string;
  author?: string;
  /** The folder becomes the next version whatever came between. */
  replace?: boolean;
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

  /** The job's result is a CheckoutResult. */
  pull(folder: string): Promise<Job> {
    return this.#requests.post('/api/v1/working-copies/pull', { folder });
  }

  /** The job's result is a CheckoutResult. */
  clone(request: { ref: string; folder: string } & SelectionRequest): Promise<Job> {
    return this.#requests.post('/api/v1/working-copies/clone', request);
  }
}
