import type {
  CodeDiff,
  Forwarding,
  Job,
  Run,
  RunArtifacts,
  RunChange,
  RunChart,
  RunEnd,
  RunOutput,
  RunOutputMatches,
  RunPoint,
  RunRequest,
} from '../api/schemas.ts';
import type { Requester } from './http/request.ts';

/** Runs: what ran on which data, with which parameters, and what came of it. */
export class RunsClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  /** A page of runs, the latest first. `filter` is in MLflow's grammar: `metrics.loss < 0.1 and params.model = 'cnn'`. */
  list(
    query: {
      experiment?: string;
      filter?: string;
      deleted?: boolean;
      brief?: boolean;
      cursor?: string;
      limit?: number;
    } = {},
  ): Promise<{ items: Run[]; next: string | null }> {
    return this.#requests.get('/api/v1/runs', query);
  }

  get(id: string): Promise<Run> {
    return this.#requests.get(pathOf(id));
  }

  /** Gives it another name or other tags, or takes it out of the lists and back. The run as it is then. */
  change(id: string, change: RunChange): Promise<Run> {
    return this.#requests.patch(pathOf(id), change);
  }

  /** A series in at most `most` buckets, within steps. */
  chart(id: string, query: { key: string; most?: number; from?: number; to?: number }): Promise<RunChart> {
    return this.#requests.get(`${pathOf(id)}/chart`, query);
  }

  /** For runners: from now on the run is recorded, and counts as lost where nothing is heard of it for a minute. */
  start(request: RunRequest): Promise<Run> {
    return this.#requests.post('/api/v1/runs', request);
  }

  /** The run reads a version, NAME[@SEL], from a cache, or from the lake where none is named. */
  async addInput(id: string, input: { ref: string; cache?: string }): Promise<void> {
    await this.#requests.post(`${pathOf(id)}/inputs`, input);
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

  /** All files below a folder of the run's artifacts, by path, with their sizes in bytes, and where others lie. */
  artifacts(id: string, folder = ''): Promise<RunArtifacts> {
    return this.#requests.get(`${pathOf(id)}/artifacts`, { folder });
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

  /** What the command printed, from byte `from` on; `most` bytes of it. */
  output(id: string, from = 0, signal?: AbortSignal, most?: number): Promise<RunOutput> {
    return this.#requests.get(
      `${pathOf(id)}/output`,
      { from, ...(most === undefined ? {} : { most }) },
      signal,
    );
  }

  /** Lines of it that hold some words, page by page: the next one goes on at `next`, in `line`. */
  findInOutput(
    id: string,
    query: { words: string; from: number; line: number },
    signal?: AbortSignal,
  ): Promise<RunOutputMatches> {
    return this.#requests.get(`${pathOf(id)}/output/matches`, query, signal);
  }

  /** What differs between the code of two runs, uncommitted changes and untracked files included. */
  codeDiff(id: string, other: string): Promise<CodeDiff> {
    return this.#requests.get(`${pathOf(id)}/code-diff`, { with: other });
  }

  /** Brings in the runs of another store; `path` is absolute. The job's result is a RunImportResult. */
  import(request: { path: string; experiment?: string; dryRun?: boolean }): Promise<Job> {
    return this.#requests.post('/api/v1/run-imports', request);
  }

  /** The MLflow server that runs go to as well, and what waits for it. */
  forwarding(): Promise<Forwarding> {
    return this.#requests.get('/api/v1/forwarding');
  }

  /** From now on new runs go there too. */
  forward(url: string): Promise<Forwarding> {
    return this.#requests.put('/api/v1/forwarding', { url });
  }

  stopForwarding(): Promise<Forwarding> {
    return this.#requests.delete('/api/v1/forwarding');
  }

  end(id: string, end: RunEnd): Promise<Run> {
    return this.#requests.post(`${pathOf(id)}/end`, end);
  }
}

const pathOf = (id: string) => `/api/v1/runs/${encodeURIComponent(id)}`;
