import type { NotebookUse } from '../api/schemas.ts';
import { collect } from './http/pages.ts';
import type { Requester } from './http/request.ts';

/** Which notebooks used what; kernels tell it themselves. */
export class NotebooksClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /** Notebooks that used a dataset, or one version of it, the latest use first. */
  uses(dataset: string, version?: number): Promise<NotebookUse[]> {
    const chosen = version === undefined ? { dataset } : { dataset, version };
    return collect((request) => this.#requests.get('/api/v1/notebooks', { ...chosen, ...request }));
  }
}
