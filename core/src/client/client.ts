import type { AxiosRequestConfig } from 'axios';
import { AppClient } from './app.ts';
import { CachesClient } from './caches.ts';
import { DatasetsClient } from './datasets.ts';
import { EventsClient } from './events.ts';
import { HouseClient } from './house.ts';
import { Requester } from './http/request.ts';
import type { Transport } from './http/transport.ts';
import { JobsClient } from './jobs.ts';
import { LeasesClient } from './leases.ts';
import { LineageClient } from './lineage.ts';
import { NotebooksClient } from './notebooks.ts';
import { PlacementsClient } from './placements.ts';
import { RunsClient } from './runs.ts';
import { VersionsClient } from './versions.ts';
import { WorkingCopiesClient } from './workingCopies.ts';

/**
 * Everything a front end asks of the daemon. Every method throws ForebayError.
 *
 * ```ts
 * const client = new Client(unixTransport(socketPath));
 * const placement = await client.placements.add({ ref: 'mnist@v2' });
 * if (placement.job) await client.jobs.complete(placement.job, { onProgress, signal });
 * ```
 */
export class Client {
  readonly app: AppClient;
  readonly datasets: DatasetsClient;
  readonly versions: VersionsClient;
  readonly workingCopies: WorkingCopiesClient;
  readonly house: HouseClient;
  readonly caches: CachesClient;
  readonly placements: PlacementsClient;
  readonly leases: LeasesClient;
  readonly runs: RunsClient;
  readonly lineage: LineageClient;
  readonly notebooks: NotebooksClient;
  readonly jobs: JobsClient;
  readonly events: EventsClient;
  readonly #requests: Requester;

  constructor(transport: Transport) {
    const requests = new Requester(transport);
    this.#requests = requests;
    this.app = new AppClient(requests);
    this.datasets = new DatasetsClient(requests);
    this.versions = new VersionsClient(requests);
    this.workingCopies = new WorkingCopiesClient(requests);
    this.house = new HouseClient(requests);
    this.caches = new CachesClient(requests);
    this.placements = new PlacementsClient(requests);
    this.leases = new LeasesClient(requests);
    this.runs = new RunsClient(requests);
    this.lineage = new LineageClient(requests);
    this.notebooks = new NotebooksClient(requests);
    this.events = new EventsClient(requests, transport.subscribe);
    this.jobs = new JobsClient(requests, this.events, transport.revive);
  }

  /** @internal Hands on a request of a page that can't reach the daemon itself, whose own client made it. */
  send<T>(request: AxiosRequestConfig): Promise<T> {
    return this.#requests.send<T>(request);
  }
}
