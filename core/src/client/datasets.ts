import type { Dataset } from '../api/schemas.ts';
import { collect, type Page, type PageRequest } from './pages.ts';
import type { Requester } from './request.ts';

export class DatasetsClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  page(request: PageRequest = {}): Promise<Page<Dataset>> {
    return this.#requests.get('/api/v1/datasets', { ...request });
  }

  list(): Promise<Dataset[]> {
    return collect((request) => this.page(request));
  }

  get(name: string): Promise<Dataset> {
    return this.#requests.get(datasetPath(name));
  }

  create(dataset: { name: string; description?: string }): Promise<Dataset> {
    return this.#requests.post('/api/v1/datasets', dataset);
  }
}

export function datasetPath(name: string): string {
  return `/api/v1/datasets/${encodeURIComponent(name)}`;
}
