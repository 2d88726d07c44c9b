import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackingInfo } from '../../api/index.ts';
import { countRunning, heartbeatEvery, markLost } from '../../run/execution.ts';
import { makeDefaultExperiment } from '../../run/experiments.ts';
import { mlflowApp } from '../../run/mlflow/app.ts';
import type { Tracking } from '../../run/mlflow/handler.ts';
import { openRuns, type RunDatabase } from '../../run/store/open.ts';
import { newToken, readAddress, type TrackingAddress, writeAddress } from './address.ts';
import { onlyOwner } from './gate.ts';
import { type LoopbackServer, serveLoopback } from './loopback.ts';

export interface TrackingOptions {
  /** Where runs and artifacts are kept, on a disk of this host. */
  folder: string;
  /** Milliseconds since 1970. */
  now: () => number;
  changed: (runId: string) => void;
  log: (error: unknown) => void;
}

interface Open {
  address: TrackingAddress;
  server: LoopbackServer;
}

/** MLflow's tracking API on loopback TCP, which its clients need; nothing listens until somebody asks for it. */
export class TrackingServer {
  readonly #options: TrackingOptions;
  #store: Promise<Tracking> | undefined;
  #open: Promise<Open> | undefined;
  #watch: NodeJS.Timeout | undefined;
  #server: LoopbackServer | undefined;

  constructor(options: TrackingOptions) {
    this.#options = options;
  }

  /** Requests that are being answered now. */
  get requests(): number {
    return this.#server?.requests() ?? 0;
  }

  /** Runs that are recorded now: a daemon goes on for them. */
  async running(): Promise<number> {
    const store = await this.#store?.catch(() => undefined);
    return store ? countRunning(store.db) : 0;
  }

  /** Listens again where a daemon of this home did before. */
  async resume(): Promise<void> {
    if (await readAddress(this.#options.folder)) await this.info();
  }

  /** Where it answers, opened if need be. */
  async info(): Promise<TrackingInfo> {
    this.#open ??= this.#start().catch((error) => {
      this.#open = undefined;
      throw error;
    });
    const { address } = await this.#open;
    return { url: `http://127.0.0.1:${address.port}`, token: address.token };
  }

  /** The store of runs, opened if need be. */
  store(): Promise<Tracking> {
    this.#store ??= this.#openStore().catch((error) => {
      this.#store = undefined;
      throw error;
    });
    return this.#store;
  }

  async close(): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    await open?.server.close();
    clearInterval(this.#watch);
    const store = await this.#store?.catch(() => undefined);
    await store?.db.destroy();
  }

  async #openStore(): Promise<Tracking> {
    const { folder, now, changed } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const db = await openRuns(join(folder, 'runs.db'));
    await makeDefaultExperiment(db, now());
    this.#watch = setInterval(() => void this.#endLost(db).catch(this.#options.log), heartbeatEvery);
    return { db, folder, now, changed };
  }

  async #endLost(db: RunDatabase): Promise<void> {
    for (const id of await markLost(db, this.#options.now())) this.#options.changed(id);
  }

  async #start(): Promise<Open> {
    const { folder, log } = this.#options;
    const store = await this.store();
    const former = await readAddress(folder);
    const token = former?.token ?? newToken();
    let port = 0;
    const app = mlflowApp(
      store,
      onlyOwner(token, () => port),
      log,
    );
    const server = await serveLoopback(app.fetch, former?.port ?? 0).catch((error) => {
      // Somebody has taken the port of before meanwhile: any other.
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      return serveLoopback(app.fetch, 0);
    });
    port = server.port;
    this.#server = server;
    const address = { port, token };
    if (port !== former?.port) await writeAddress(folder, address);
    return { address, server };
  }
}
