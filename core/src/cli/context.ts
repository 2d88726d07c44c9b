import fs from 'node:fs';
import path from 'node:path';
import { ForebayError } from '../api/errors.ts';
import { Client } from '../client/index.ts';
import { type EnsuredDaemon, ensureDaemon, unixTransport } from '../daemon/launch/index.ts';
import type { Interrupts } from './interrupt.ts';
import { lakeRequest } from './lakeEnvironment.ts';
import { type Paint, paintFor, type Session } from './session.ts';

/** What every command works with. */
export class Context {
  readonly session: Session;
  readonly json: boolean;
  /** `-C DIR`, or where the command was called; absolute. */
  readonly folder: string;
  readonly interrupts: Interrupts;
  readonly paint: Paint;
  #daemon: Promise<EnsuredDaemon> | undefined;
  #lake: Promise<void> | undefined;

  constructor(session: Session, interrupts: Interrupts, options: { json?: boolean; C?: string }) {
    this.session = session;
    this.interrupts = interrupts;
    this.json = options.json === true;
    this.folder = path.resolve(session.folder, options.C ?? '.');
    this.paint = paintFor(session.stdout, session.env);
    if (options.C !== undefined && !fs.statSync(this.folder, { throwIfNoEntry: false })?.isDirectory()) {
      throw new ForebayError(
        'folder-unknown',
        `There is no folder ${this.folder}.`,
        'Check the path after -C.',
      );
    }
  }

  get env(): NodeJS.ProcessEnv {
    return this.session.env;
  }

  /** The daemon's client; the daemon is started if need be. Throws `lake-other` where FOREBAY_LAKE is another. */
  async client(): Promise<Client> {
    const client = await this.clientOfAnyLake();
    this.#lake ??= this.#useLake(client);
    await this.#lake;
    return client;
  }

  async clientOfAnyLake(): Promise<Client> {
    this.#daemon ??= this.#startDaemon();
    const { socketPath } = await this.#daemon;
    return new Client({ ...unixTransport(socketPath), revive: () => this.revive() });
  }

  /** Has a daemon start that makes its database anew; `lake`: of this home, where the former database can't tell. */
  async rebuild(lake: string | undefined): Promise<{ client: Client; started: boolean }> {
    const env = { ...this.env, ...(lake === undefined ? {} : { FOREBAY_LAKE: lake }) };
    this.#daemon = ensureDaemon({ env: this.#daemonEnvironment(env), rebuild: true });
    const { started } = await this.#daemon;
    return { client: await this.clientOfAnyLake(), started };
  }

  /** Starts the daemon again, where it has gone. */
  revive(): Promise<unknown> {
    return this.#startDaemon();
  }

  #startDaemon(): Promise<EnsuredDaemon> {
    return ensureDaemon({ env: this.#daemonEnvironment() });
  }

  /** What the environment says of the lake counts also for a daemon that runs already. */
  async #useLake(client: Client): Promise<void> {
    if (!this.env.FOREBAY_LAKE) return;
    const wanted = lakeRequest(this.env.FOREBAY_LAKE, this.folder, this.env);
    if ((await client.app.status()).lake?.url !== wanted.url) await client.app.openLake(wanted);
  }

  /** A daemon works elsewhere: what the environment says relative to this folder is made absolute. */
  #daemonEnvironment(env: NodeJS.ProcessEnv = this.env): NodeJS.ProcessEnv {
    const { FOREBAY_LAKE: lake } = env;
    return lake ? { ...env, FOREBAY_LAKE: lakeRequest(lake, this.folder, env).url } : env;
  }

  /** A line for people, on standard error: never in the way of what a script reads. */
  say(line: string): void {
    this.session.stderr.write(`${line}\n`);
  }

  resolve(folder: string): string {
    return path.resolve(this.folder, folder);
  }
}
