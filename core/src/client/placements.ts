import type { Job, Placement } from '../api/schemas.ts';
import type { SelectionRequest } from '../api/selection.ts';
import { collect } from './pages.ts';
import type { Requester } from './request.ts';

/** Versions on caches. */
export class PlacementsClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  list(filter: { dataset?: string } = {}): Promise<Placement[]> {
    return collect((request) => this.#requests.get('/api/v1/placements', { ...filter, ...request }));
  }

  get(id: string): Promise<Placement> {
    return this.#requests.get(placementPath(id));
  }

  /**
   * Once and only once, however often it is asked; `job` is the fill to follow unless it is ready.
   * With globs a part of the version, or the whole where that is there already.
   */
  add(request: { ref: string; cache?: string } & SelectionRequest): Promise<Placement> {
    return this.#requests.post('/api/v1/placements', request);
  }

  /** Clears it from its cache, or stops its fill. Throws `in-use` while leased. */
  remove(id: string): Promise<Job> {
    return this.#requests.delete(placementPath(id));
  }

  /** Reads every byte on the cache; the job's result is a VerifyResult. */
  verify(id: string): Promise<Job> {
    return this.#requests.post(`${placementPath(id)}/verify`);
  }
}

function placementPath(id: string): string {
  return `/api/v1/placements/${encodeURIComponent(id)}`;
}
