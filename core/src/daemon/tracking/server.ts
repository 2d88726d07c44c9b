import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackingInfo } from '../../api/index.ts';
import { processStart } from '../../hub/lease/processStart.ts';
import { Emitter } from '../../run/emit/emitter.ts';
import { countRunning } from '../../run/execution.ts';
import { makeDefaultExperiment } from '../../run/experiments.ts';
import { authorizationFor } from '../../run/forward/credentials.ts';
import { Forwarder } from '../../run/forward/forwarder.ts';
import { LossWatch } from '../../run/lost/watch.ts';
import { mlflowApp } from '../../run/mlflow/app.ts';
import type { Tracking } from '../../run/mlflow/handler.ts';
import { openRuns } from '../../run/store/open.ts';
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
  /** The lake's namespace in lineage events; undefined before its first use. */
  lake: () => Promise<string | undefined>;
  /** Has the credentials of who gets runs and events. */
  env: NodeJS.ProcessEnv;
}

const day = 86_400_000;

interface Open {
  address: TrackingAddress;
  server: LoopbackServer;
}

/** MLflow's tracking API on loopback TCP, which its clients need; nothing listens until somebody asks for it. */
export class TrackingServer {
  readonly #options: TrackingOptions;
  readonly forwarder: Forwarder;
  #ownToken: string | undefined;
  #store: Promise<Tracking> | undefined;
  #open: Promise<Open> | undefined;
  #watch: LossWatch | undefined;
  #server: LoopbackServer | undefined;
  #emitter: Emitter | undefined;
  #lastAsked = 0;

  constructor(options: TrackingOptions) {
    this.#options = options;
    const { env, log } = options;
    this.forwarder = new Forwarder({
      store: () => this.store(),
      authorization: (url) => authorizationFor(url, env, this.#ownToken),
      log,
    });
  }

  /** Requests that are being answered now. */
  get requests(): number {
    return this.#server?.requests() ?? 0;
  }

  /**
   * Runs that a daemon goes on for: those that it hears of, and a script's own for a day after anybody logged, since a
   * script that trains for hours says nothing meanwhile and can't start a daemon.
   */
  async running(): Promise<number> {
    const store = await this.#store?.catch(() => undefined);
    if (!store) return 0;
    const { recorded, others } = await countRunning(store.db);
    return recorded + (this.#options.now() - this.#lastAsked < day ? others : 0);
  }

  /** Listens again, and sends runs on, where a daemon of this home did before. */
  async resume(): Promise<void> {
    const { folder } = this.#options;
    const address = await readAddress(folder);
    this.#ownToken = address?.token;
    if (address) await this.info();
    if (existsSync(join(folder, 'runs.db'))) await this.forwarder.resume();
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
    await this.#emitter?.close();
    await this.forwarder.close();
    await this.#watch?.stop();
    const store = await this.#store?.catch(() => undefined);
    await store?.db.destroy();
  }

  async #openStore(): Promise<Tracking> {
    const { folder, now, lake, env, log } = this.#options;
    const changed = (runId: string) => this.#changed(runId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const db = await openRuns(join(folder, 'runs.db'));
    await makeDefaultExperiment(db, now());
    const watch = new LossWatch({ db, now, changed, log, processStart });
    this.#watch = watch;
    await watch.start();
    this.#emitter = new Emitter({ db, folder, now, lake, key: env.OPENLINEAGE_API_KEY, log });
    this.#emitter.start();
    return { db, folder, now, changed, heard: watch.heard };
  }

  #changed(runId: string): void {
    this.#options.changed(runId);
    this.forwarder.poke(runId);
  }

  async #start(): Promise<Open> {
    const { folder, log } = this.#options;
    const store = await this.store();
    const former = await readAddress(folder);
    let token = former?.token ?? newToken();
    let port = 0;
    const app = mlflowApp(
      store,
      onlyOwner(
        () => token,
        () => port,
      ),
      log,
    );
    const answer = (request: Request) => {
      this.#lastAsked = this.#options.now();
      return app.fetch(request);
    };
    const server = await serveLoopback(answer, former?.port ?? 0).catch((error) => {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      // Somebody has taken the port meanwhile, and may have been sent the token: another port, and another token.
      token = newToken();
      return serveLoopback(answer, 0);
    });
    port = server.port;
    this.#ownToken = token;
    this.#server = server;
    if (port !== former?.port) await writeAddress(folder, { port, token });
    return { address: { port, token }, server };
  }
}
