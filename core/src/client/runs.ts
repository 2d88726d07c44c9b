import type { Run, RunChart, RunEnd, RunOutput, RunPoint, RunRequest } from '../api/schemas.ts';
import type { Requester } from './request.ts';

/** Runs: what ran on which data, with which parameters, and what came of it. */
export class RunsClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /** A page of runs, the latest first. `filter` is in MLflow's grammar: `metrics.loss < 0.1 and params.model = 'cnn'`. */
  list(
    query: { experiment?: string; filter?: string; cursor?: string; limit?: number } = {},
  ): Promise<{ items: Run[]; next: string | null }> {
    return this.#requests.get('/api/v1/runs', query);
  }

  get(id: string): Promise<Run> {
    return this.#requests.get(pathOf(id));
  }

  /** A series in at most `most` buckets, within steps. */
  chart(id: string, query: { key: string; most?: number; from?: number; to?: number }): Promise<RunChart> {
    return this.#requests.get(`${pathOf(id)}/chart`, query);
  }

  /** For runners: from now on the run is recorded, and counts as lost where nothing is heard of it for a minute. */
  start(request: RunRequest): Promise<Run> {
    return this.#requests.post('/api/v1/runs', request);
  }

  /** Also without points: a sign of life. */
  async log(id: string, metrics: readonly RunPoint[]): Promise<void> {
    await this.#requests.post(`${pathOf(id)}/log`, { metrics });
  }

  /** Bytes that the command printed, from byte `at` of its output on; sent twice, they stand once. */
  async write(id: string, at: number, bytes: Uint8Array): Promise<void> {
    await this.#requests.send({
      method: 'post',
      url: `${pathOf(id)}/output`,
      params: { at },
      data: bytes,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
  }

  /** One file among the run's artifacts; `path` within them. In Node a stream will do. */
  async putArtifact(id: string, path: string, body: unknown): Promise<void> {
    await this.#requests.send({
      method: 'put',
      url: `${pathOf(id)}/artifacts`,
      params: { path },
      data: body,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
  }

  /** Paths of all files below a folder of the run's artifacts. */
  async artifacts(id: string, folder = ''): Promise<string[]> {
    const { items } = await this.#requests.get<{ items: { path: string }[] }>(`${pathOf(id)}/artifacts`, {
      folder,
    });
    return items.map(({ path }) => path);
  }

  /** One file's bytes. */
  async artifact(id: string, path: string): Promise<Uint8Array> {
    const bytes = await this.#requests.send<ArrayBuffer | Uint8Array>({
      method: 'get',
      url: `${pathOf(id)}/artifacts/content`,
      params: { path },
      responseType: 'arraybuffer',
    });
    return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  }

  /** What the command printed, from byte `from` on. */
  output(id: string, from = 0, signal?: AbortSignal): Promise<RunOutput> {
    return this.#requests.get(`${pathOf(id)}/output`, { from }, signal);
  }

  end(id: string, end: RunEnd): Promise<Run> {
    return this.#requests.post(`${pathOf(id)}/end`, end);
  }
}

const pathOf = (id: string) => `/api/v1/runs/${encodeURIComponent(id)}`;
