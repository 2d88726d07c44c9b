import type { Dataset, DatasetChange, Job, VersionUse } from '../api/schemas.ts';
import { collect, type Page, type PageRequest } from './http/pages.ts';
import type { Requester } from './http/request.ts';

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
  /** Id of the run that makes it. */
  run?: string;
  /** Leave out objects whose keys can't be paths of files, instead of refusing. */
  skip?: boolean;
}

export class DatasetsClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /**
   * `fresh: false` answers at once as last known; what is new comes as events.
   * `search`: only those with each of its words in their name, description or labels.
   */
  page(request: PageRequest & { fresh?: boolean; search?: string } = {}): Promise<Page<Dataset>> {
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

  /** Says what a dataset is and what it belongs to; what is left out stays. */
  change(name: string, change: DatasetChange): Promise<Dataset> {
    return this.#requests.patch(datasetPath(name), change);
  }

  /** Of each version, newest first: the run that made it, and how many read it. */
  async uses(name: string): Promise<VersionUse[]> {
    const { items } = await this.#requests.get<{ items: VersionUse[] }>(`${datasetPath(name)}/uses`);
    return items;
  }

  /** Makes a version of objects where they are; the job's result is an ImportResult. */
  import({ dataset, ...request }: ImportRequest): Promise<Job> {
    return this.#requests.post(`${datasetPath(dataset)}/imports`, request);
  }
}

export function datasetPath(name: string): string {
  return `/api/v1/datasets/${encodeURIComponent(name)}`;
}
