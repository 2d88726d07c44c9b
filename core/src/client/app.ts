import type {
  Hello,
  LakeInfo,
  LakeRequest,
  LakeTest,
  Rebuilt,
  Status,
  StoreRequest,
  TrackingInfo,
} from '../api/schemas.ts';
import type { Requester } from './http/request.ts';

/** The daemon itself and its lake. */
export class AppClient {
  readonly #requests: Requester;

  constructor(requests: Requester) {
    this.#requests = requests;
  }

  hello(): Promise<Hello> {
    return this.#requests.get('/api/hello');
  }

  status(): Promise<Status> {
    return this.#requests.get('/api/v1/status');
  }

  /** Makes a missing lake, accepts the same again; another is refused with `lake-other`. */
  openLake(request: LakeRequest): Promise<LakeInfo> {
    return this.#requests.put('/api/v1/lake', request);
  }

  /** What works at a place for a lake and what doesn't; leaves nothing there. */
  testLake(request: LakeRequest): Promise<LakeTest> {
    return this.#requests.post('/api/v1/lake/test', request);
  }

  /** Credentials for an S3 store that imported objects lie in; the daemon keeps them in memory only. */
  async useStore(request: StoreRequest): Promise<void> {
    await this.#requests.put('/api/v1/stores', request);
  }

  /** What was found when the database was made anew on request; null: it never was. */
  rebuilt(): Promise<Rebuilt | null> {
    return this.#requests.get('/api/v1/rebuilt');
  }

  /** Where MLflow's clients log to; the daemon listens there from now on. */
  tracking(): Promise<TrackingInfo> {
    return this.#requests.post('/api/v1/tracking');
  }

  /** Keeps the daemon running when nobody uses it. */
  async stay(): Promise<void> {
    await this.#requests.post('/api/stay');
  }

  /** Asks the daemon to end once its requests are answered; jobs under way are recorded as interrupted. */
  async shutdown(): Promise<void> {
    await this.#requests.post('/api/shutdown');
  }
}
