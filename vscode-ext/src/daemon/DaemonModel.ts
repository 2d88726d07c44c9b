import { ForebayError } from '@forebay/core/api/errors';
import type { ChangeEvent, Hello } from '@forebay/core/api/schemas';
import type { Client } from '@forebay/core/client';
import { Signal } from '../signal.ts';

/** `idle` until somebody asks for something. */
export type DaemonState =
  | { kind: 'idle' }
  | { kind: 'starting' }
  | { kind: 'online'; client: Client; hello: Hello }
  | { kind: 'offline'; error: ForebayError; since: Date };

export interface Connection {
  client: Client;
  hello: Hello;
}

/** Milliseconds that a daemon may be away, as when a newer one takes over, before it counts as offline. */
const mayBeAway = 4000;

/** The daemon on this machine: started when somebody needs it, watched ever after. */
export class DaemonModel {
  readonly changed = new Signal<DaemonState>();
  /** What changed at the daemon; `reset` after every connection, since hints may have been missed. */
  readonly hints = new Signal<ChangeEvent>();
  /** Whether its changes are heard just now; lost at once, where the state waits for one that takes over. */
  readonly connection = new Signal<boolean>();
  #state: DaemonState = { kind: 'idle' };
  #starting: Promise<Client> | undefined;
  #watch = new AbortController();
  #away: NodeJS.Timeout | undefined;
  readonly #connect: () => Promise<Connection>;

  constructor(connect: () => Promise<Connection>) {
    this.#connect = connect;
  }

  get state(): DaemonState {
    return this.#state;
  }

  /** The client of a running daemon; starts one where none runs. Throws ForebayError. */
  async client(): Promise<Client> {
    return this.#state.kind === 'online' ? this.#state.client : this.start();
  }

  start(): Promise<Client> {
    this.#starting ??= this.#start().finally(() => {
      this.#starting = undefined;
    });
    return this.#starting;
  }

  async #start(): Promise<Client> {
    if (this.#state.kind !== 'online') this.#set({ kind: 'starting' });
    try {
      const { client, hello } = await this.#connect();
      this.#follow(client);
      this.#set({ kind: 'online', client, hello });
      this.hints.fire({ id: 0, kind: 'reset', subject: '' });
      return client;
    } catch (thrown) {
      const error = ForebayError.from(thrown);
      this.#set({ kind: 'offline', error, since: new Date() });
      throw error;
    }
  }

  #follow(client: Client): void {
    this.#watch.abort();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    const onConnection = (connected: boolean) => {
      clearTimeout(this.#away);
      if (signal.aborted) return;
      this.connection.fire(connected);
      if (connected) void this.#returned(client, signal);
      else this.#away = setTimeout(() => this.#lost(signal), mayBeAway);
    };
    void client.events.subscribe((event) => this.hints.fire(event), signal, { onConnection });
  }

  /** The same daemon after a pause, or the one that took over. */
  async #returned(client: Client, signal: AbortSignal): Promise<void> {
    const hello = await client.app.hello().catch(() => undefined);
    if (hello === undefined || signal.aborted) return;
    if (this.#state.kind === 'online' && this.#state.hello.pid === hello.pid) return;
    this.#set({ kind: 'online', client, hello });
    this.hints.fire({ id: 0, kind: 'reset', subject: '' });
  }

  #lost(signal: AbortSignal): void {
    if (signal.aborted) return;
    const error = new ForebayError('daemon-unreachable', "Forebay's daemon has stopped.");
    this.#set({ kind: 'offline', error, since: new Date() });
  }

  #set(state: DaemonState): void {
    this.#state = state;
    this.changed.fire(state);
  }

  dispose(): void {
    this.#watch.abort();
    clearTimeout(this.#away);
  }
}
