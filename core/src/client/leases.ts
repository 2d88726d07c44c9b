import type { Lease, LeaseHolder } from '../api/schemas.ts';
import type { SelectionRequest } from '../api/selection.ts';
import { readChunks } from './http/chunks.ts';
import { collect } from './http/pages.ts';
import { type Requester, withSignal } from './http/request.ts';

/** Who is using what; a leased placement is never evicted. */
export class LeasesClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  list(): Promise<Lease[]> {
    return collect((request) => this.#requests.get('/api/v1/leases', { ...request }));
  }

  /**
   * Holds from now on, also while the version is still being filled (`job`).
   * `sameUse`: beside another lease, for the same use, which is counted once.
   */
  add(
    request: { ref: string; cache?: string; holder: LeaseHolder; sameUse?: boolean } & SelectionRequest,
  ): Promise<Lease> {
    return this.#requests.post('/api/v1/leases', request);
  }

  get(id: string): Promise<Lease> {
    return this.#requests.get(leasePath(id));
  }

  async remove(id: string): Promise<void> {
    await this.#requests.delete(leasePath(id));
  }

  /** Keeps a 'connection' lease alive until `signal` is aborted; resolves early if the daemon ends. */
  async hold(id: string, signal?: AbortSignal): Promise<void> {
    const stream = await this.#requests.send<object>({
      method: 'get',
      url: `${leasePath(id)}/hold`,
      responseType: 'stream',
      headers: { Accept: 'text/event-stream' },
      ...withSignal(signal),
    });
    try {
      for await (const _ of readChunks(stream)) if (signal?.aborted) return;
    } catch {
      // The connection is gone; so is what this promise stood for.
    }
  }
}

function leasePath(id: string): string {
  return `/api/v1/leases/${encodeURIComponent(id)}`;
}
