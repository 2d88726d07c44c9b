import type { CacheStore } from '../api/schemas.ts';
import { collect } from './pages.ts';
import type { Requester } from './request.ts';

export interface AttachRequest {
  name: string;
  /** Absolute. */
  path: string;
  /** Bytes. */
  capacity: number;
  ttlSeconds?: number;
}

export class CachesClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  list(): Promise<CacheStore[]> {
    return collect((request) => this.#requests.get('/api/v1/caches', { ...request }));
  }

  attach(request: AttachRequest): Promise<CacheStore> {
    return this.#requests.post('/api/v1/caches', request);
  }

  /** Throws `in-use` while a placement on it is leased. */
  async remove(name: string): Promise<void> {
    await this.#requests.delete(`/api/v1/caches/${encodeURIComponent(name)}`);
  }
}
