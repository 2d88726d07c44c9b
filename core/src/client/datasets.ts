import type { Dataset, Job } from '../api/schemas.ts';
import { collect, type Page, type PageRequest } from './pages.ts';
import type { Requester } from './request.ts';

export interface ImportRequest {
  /** Made if need be. */
  dataset: string;
  /** `s3://bucket/prefix` */
  url: string;
  /** Of its store; else the lake's, or the one that the daemon's environment names. */
  endpoint?: string;
  message?: string;
  author?: string;
  /** The objects become the next version whatever came between. */
  replace?: boolean;
  /** Leave out objects whose keys can't be paths of files, instead of refusing. */
  skip?: boolean;
}

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

  /** Makes a version of objects where they are; the job's result is an ImportResult. */
  import({ dataset, ...request }: ImportRequest): Promise<Job> {
    return this.#requests.post(`${datasetPath(dataset)}/imports`, request);
  }
}

export function datasetPath(name: string): string {
  return `/api/v1/datasets/${encodeURIComponent(name)}`;
}
