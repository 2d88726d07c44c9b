import type { CacheStats, CacheStore, CacheTest, HistoryEntry } from '../api/schemas.ts';
import { collect, type Page, type PageRequest } from './http/pages.ts';
import type { Requester } from './http/request.ts';

export interface AttachRequest {
  name: string;
  /** Absolute. */
  path: string;
  /** Bytes. */
  capacity: number;
  ttlSeconds?: number;
  /** Files, folders and links. */
  inodeCapacity?: number;
  scrub?: ScrubRequest;
}

export interface CacheChange {
  /** Bytes. */
  capacity?: number;
  ttlSeconds?: number;
  /** Files, folders and links; null: as many as the disk has room for. */
  inodeCapacity?: number | null;
}

/** How often and how fast what is cached is read again. */
export interface ScrubRequest {
  /** 0: never. */
  everySeconds?: number;
  bytesPerSecond?: number;
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

  /** Whether a folder can be a cache; leaves nothing there. `path` is absolute. */
  test(path: string): Promise<CacheTest> {
    return this.#requests.post('/api/v1/caches/test', { path });
  }

  /** Whether an attached cache works. */
  testAttached(name: string): Promise<CacheTest> {
    return this.#requests.post('/api/v1/caches/test', { cache: name });
  }

  change(name: string, change: CacheChange): Promise<CacheStore> {
    const url = `/api/v1/caches/${encodeURIComponent(name)}`;
    return this.#requests.send({ method: 'patch', url, data: change });
  }

  /** By name: room, hits, what goes next, when and why. */
  stats(): Promise<CacheStats[]> {
    return this.#requests.get('/api/v1/caches/stats');
  }

  scrub(name: string, request: ScrubRequest): Promise<CacheStats> {
    return this.#requests.put(`/api/v1/caches/${encodeURIComponent(name)}/scrub`, request);
  }

  /** Fills and evictions with their reasons, newest first, a page at a time. */
  history(request: PageRequest & { cache?: string; dataset?: string } = {}): Promise<Page<HistoryEntry>> {
    return this.#requests.get('/api/v1/history', { ...request });
  }

  /** Throws `in-use` while a placement on it is leased or pinned. */
  async remove(name: string): Promise<void> {
    await this.#requests.delete(`/api/v1/caches/${encodeURIComponent(name)}`);
  }
}
