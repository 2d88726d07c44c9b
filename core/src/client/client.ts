import { AppClient } from './app.ts';
import { CachesClient } from './caches.ts';
import { DatasetsClient } from './datasets.ts';
import { EventsClient } from './events.ts';
import { HouseClient } from './house.ts';
import { JobsClient } from './jobs.ts';
import { LeasesClient } from './leases.ts';
import { PlacementsClient } from './placements.ts';
import { Requester } from './request.ts';
import { RunsClient } from './runs.ts';
import type { Transport } from './transport.ts';
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
  readonly jobs: JobsClient;
  readonly events: EventsClient;

  constructor(transport: Transport) {
    const requests = new Requester(transport);
    this.app = new AppClient(requests);
    this.datasets = new DatasetsClient(requests);
    this.versions = new VersionsClient(requests);
    this.workingCopies = new WorkingCopiesClient(requests);
    this.house = new HouseClient(requests);
    this.caches = new CachesClient(requests);
    this.placements = new PlacementsClient(requests);
    this.leases = new LeasesClient(requests);
    this.runs = new RunsClient(requests);
    this.events = new EventsClient(requests, transport.subscribe);
    this.jobs = new JobsClient(requests, this.events, transport.revive);
  }
}
