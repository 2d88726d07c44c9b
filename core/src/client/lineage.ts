import type { Emission, Lineage } from '../api/schemas.ts';
import type { Requester } from './http/request.ts';

/** Where data came from and went to. */
export class LineageClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /** `of`: a version's reference, or the id of a run or model; `up` and `down` are steps, `most` neighbours of one node. */
  get(of: string, reach: { up?: number; down?: number; most?: number } = {}): Promise<Lineage> {
    return this.#requests.get('/api/v1/lineage', { of, ...reach });
  }

  /** Where events of runs go, and how that went. */
  emission(): Promise<Emission> {
    return this.#requests.get('/api/v1/lineage/emission');
  }

  /** From now on, to a file by its absolute path or to an address. */
  emit(target: string): Promise<Emission> {
    return this.#requests.put('/api/v1/lineage/emission', { target });
  }

  /** No more; what waits is forgotten. */
  silence(): Promise<Emission> {
    return this.#requests.delete('/api/v1/lineage/emission');
  }
}
