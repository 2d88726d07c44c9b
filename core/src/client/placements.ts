import type { Candidate, Job, LastUse, Placement, PlacementPlan } from '../api/schemas.ts';
import type { SelectionRequest } from '../api/selection.ts';
import { collect } from './http/pages.ts';
import type { Requester } from './http/request.ts';

/** Versions on caches. */
export class PlacementsClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  list(filter: { dataset?: string } = {}): Promise<Placement[]> {
    return collect((request) => this.#requests.get('/api/v1/placements', { ...filter, ...request }));
  }

  /** When versions were last used from a cache, also those that have left it. */
  lastUses(filter: { dataset?: string } = {}): Promise<LastUse[]> {
    return collect((request) => this.#requests.get('/api/v1/uses', { ...filter, ...request }));
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

  /** What `add` would take and push out; does nothing. */
  plan(request: { ref: string; cache?: string } & SelectionRequest): Promise<PlacementPlan> {
    return this.#requests.post('/api/v1/placements/plan', request);
  }

  /** Every cache that it could go to, the best first, with reasons. */
  candidates(request: { ref: string } & SelectionRequest, signal?: AbortSignal): Promise<Candidate[]> {
    return this.#requests.post('/api/v1/placements/candidates', request, signal);
  }

  /** It neither ages out nor makes room until it is unpinned. */
  pin(id: string): Promise<Placement> {
    return this.#requests.put(`${placementPath(id)}/pin`, {});
  }

  unpin(id: string): Promise<Placement> {
    return this.#requests.delete(`${placementPath(id)}/pin`);
  }

  /** Clears it from its cache, or stops its fill. Throws `in-use` while leased or pinned. */
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
