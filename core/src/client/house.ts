import type { DeletedDataset, Job, RemovedVersion } from '../api/schemas.ts';
import { datasetPath } from './datasets.ts';
import type { Requester } from './http/request.ts';

/** Keeping house: what removes, tidies and heals. */
export class HouseClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /** Throws `in-use` while somebody holds it on this hub. */
  removeVersion(dataset: string, version: number): Promise<RemovedVersion> {
    return this.#requests.delete(`${datasetPath(dataset)}/versions/v${version}`);
  }

  deleteDataset(dataset: string): Promise<DeletedDataset> {
    return this.#requests.delete(datasetPath(dataset));
  }

  /** `dataset` null: every dataset. The job's result is a list of CollectResult. */
  collect(request: { dataset: string | null; dryRun: boolean; olderThanSeconds?: number }): Promise<Job> {
    return this.#requests.post('/api/v1/collections', request);
  }

  /** The job's result is a RepackResult. */
  repack(request: { dataset: string; dryRun: boolean }): Promise<Job> {
    return this.#requests.post('/api/v1/repacks', request);
  }

  /** `version` is what follows @ in a reference; all if left out. The job's result is a RepairResult. */
  repair(request: { dataset: string; version?: string; folder?: string }): Promise<Job> {
    return this.#requests.post('/api/v1/repairs', request);
  }
}
