import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import type { TrackingInfo } from '../../api/index.ts';
import { countRunning, heartbeatEvery, markLost } from '../../run/execution.ts';
import { makeDefaultExperiment } from '../../run/experiments.ts';
import { mlflowApp } from '../../run/mlflow/app.ts';
import type { Tracking } from '../../run/mlflow/handler.ts';
import { openRuns, type RunDatabase } from '../../run/store/open.ts';
import { newToken, readAddress, type TrackingAddress, writeAddress } from './address.ts';
import { onlyOwner } from './gate.ts';

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
  server: Server;
}

/** MLflow's tracking API on loopback TCP, which its clients need; nothing listens until somebody asks for it. */
export class TrackingServer {
  readonly #options: TrackingOptions;
  #store: Promise<Tracking> | undefined;
  #open: Promise<Open> | undefined;
  #watch: NodeJS.Timeout | undefined;
  #requests = 0;

  constructor(options: TrackingOptions) {
    this.#options = options;
  }

  /** Requests that are being answered now. */
  get requests(): number {
    return this.#requests;
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
    await this.#stopListening();
    clearInterval(this.#watch);
    const store = await this.#store?.catch(() => undefined);
    await store?.db.destroy();
  }

  async #stopListening(): Promise<void> {
    const open = await this.#open?.catch(() => undefined);
    if (!open) return;
    const closed = once(open.server, 'close');
    open.server.close();
    open.server.closeIdleConnections();
    setTimeout(() => open.server.closeAllConnections(), 200).unref();
    await closed;
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
    const listener = getRequestListener(app.fetch);
    const server = createServer((request, response) => {
      this.#requests += 1;
      response.once('close', () => {
        this.#requests -= 1;
      });
      void listener(request, response);
    });
    server.keepAliveTimeout = 30_000;
    port = await listen(server, former?.port ?? 0);
    const address = { port, token };
    if (port !== former?.port) await writeAddress(folder, address);
    return { address, server };
  }
}

/** On the port of before, or any other where somebody has taken that meanwhile. */
async function listen(server: Server, wanted: number): Promise<number> {
  try {
    server.listen(wanted, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if (wanted === 0 || (error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    return listen(server, 0);
  }
  return (server.address() as AddressInfo).port;
}
