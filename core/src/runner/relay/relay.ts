import { hash, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { ForebayError } from '../../api/errors.ts';
import type { TrackingInfo } from '../../api/schemas.ts';
import { bearerOf } from '../../run/mlflow/authorization.ts';
import { type Answer, ask, askStream, readAll } from './ask.ts';
import { type Call, CallSpool } from './callSpool.ts';
import { isKept } from './isKept.ts';

export interface RelayOptions {
  /** Whose calls these are: the run's id. */
  runId: string;
  /** Where the hub is; throws while it is away. */
  hub: () => Promise<TrackingInfo>;
  /** Starts the daemon again. */
  revive: () => Promise<unknown>;
}

/** Of one connection, and not handed on (RFC 9110, 7.6.1), or said anew. */
const ownHeaders = [
  'host',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'authorization',
];

/**
 * Stands between a script's MLflow client and the hub, on loopback. While the hub is away, what the script logs is kept on
 * disk and it goes on as if nothing were; what it asks for starts the daemon again. The hub then gets all that was kept
 * first, in its order.
 */
export class Relay {
  readonly #options: RelayOptions;
  readonly #token: string;
  readonly #server: Server;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #spool = new CallSpool();
  #hub: Promise<TrackingInfo> | undefined;
  #flushing: Promise<void> | undefined;
  /** What the hub said of kept calls that it refused. */
  readonly refusals: string[] = [];

  private constructor(options: RelayOptions, token: string) {
    this.#options = options;
    this.#token = token;
    this.#server = createServer((request, response) => {
      void this.#answer(request, response).catch(() => unavailable(response));
    });
  }

  static async open(options: RelayOptions): Promise<Relay> {
    const { token } = await options.hub();
    const relay = new Relay(options, `${token}.${options.runId}`);
    relay.#server.keepAliveTimeout = 30_000;
    // The command's own process is what is waited for.
    relay.#server.unref();
    relay.#server.listen(0, '127.0.0.1');
    await once(relay.#server, 'listening');
    return relay;
  }

  /** For the script: where it logs to, and what lets it in. */
  get address(): TrackingInfo {
    return { url: `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`, token: this.#token };
  }

  /** Sends what was kept. Throws `daemon-unreachable` where the hub is away. */
  flush(): Promise<void> {
    if (this.#spool.isEmpty) return Promise.resolve();
    this.#flushing ??= this.#spool
      .flush((call) => this.#replay(call))
      .finally(() => {
        this.#flushing = undefined;
      });
    return this.#flushing;
  }

  close(): void {
    this.#server.close();
    this.#server.closeAllConnections();
    this.#agent.destroy();
    this.#spool.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '' } = request;
    if (!this.#isOurs(request.headers.authorization)) return refused(response);
    if (!path.includes('/2.0/mlflow/')) return this.#passOn(request, response);
    const body = await readAll(request);
    const send = async () => {
      await this.flush();
      return this.#ask(request, body);
    };
    const answer = await send().catch(async () => {
      if (!isKept(method, path)) return this.#revived(send);
      this.#spool.add({ path, body });
      return kept;
    });
    write(response, answer);
  }

  /** Files, of any size, both ways: not once they are on their way can they be sent again, so the hub is looked for first. */
  async #passOn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const look = async () => {
      await this.flush();
      await this.#send((url) =>
        ask(url, this.#agent, { method: 'GET', path: '/health', headers: {} }, nothing),
      );
    };
    await look().catch(() => this.#revived(look));
    const { method = '', url: path = '' } = request;
    const answer = await this.#send((url, authorization) => {
      const headers = { ...passed(request), ...lengthOf(request), authorization };
      return askStream(url, this.#agent, { method, path, headers }, (to) => request.pipe(to));
    });
    response.writeHead(answer.statusCode ?? 0, { ...passed(answer), ...lengthOf(answer) });
    await pipeline(answer, response);
  }

  /** Done again with a daemon that was started for it. */
  async #revived<T>(work: () => Promise<T>): Promise<T> {
    await this.#options.revive();
    return work();
  }

  #ask(request: IncomingMessage, body: Uint8Array): Promise<Answer> {
    const { method = '', url: path = '' } = request;
    return this.#send((url, authorization) =>
      ask(url, this.#agent, { method, path, headers: { ...passed(request), authorization } }, body),
    );
  }

  async #replay({ path, body }: Call): Promise<void> {
    const answer = await this.#send((url, authorization) => {
      const headers = { authorization, 'content-type': 'application/json' };
      return ask(url, this.#agent, { method: 'POST', path, headers }, body);
    });
    if (answer.status >= 400) this.refusals.push(messageOf(answer));
  }

  /** To where the hub is now: started again, it may have another port and another token. */
  async #send<T>(work: (url: string, authorization: string) => Promise<T>): Promise<T> {
    try {
      this.#hub ??= this.#options.hub();
      const { url, token } = await this.#hub;
      return await work(url, `Bearer ${token}.${this.#options.runId}`);
    } catch (cause) {
      this.#hub = undefined;
      throw new ForebayError('daemon-unreachable', 'The daemon is away.', undefined, { cause });
    }
  }

  #isOurs(authorization?: string): boolean {
    const digest = (text: string) => hash('sha256', text, 'buffer');
    return timingSafeEqual(digest(bearerOf(authorization)), digest(`Bearer ${this.#token}`));
  }
}

const nothing = new Uint8Array();
const kept: Answer = { status: 200, type: 'application/json', body: Buffer.from('{}') };

function passed({ headers }: IncomingMessage): Record<string, string | string[] | undefined> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ownHeaders.includes(name)));
}

const lengthOf = ({ headers }: IncomingMessage) => {
  const length = headers['content-length'];
  return length === undefined ? {} : { 'content-length': length };
};

function write(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, { ...(type ? { 'content-type': type } : {}), 'content-length': body.length });
  response.end(body);
}

const problem = (status: number, error_code: string, message: string): Answer => ({
  ...{ status, type: 'application/json', body: Buffer.from(JSON.stringify({ error_code, message })) },
});

const refused = (response: ServerResponse) =>
  write(response, problem(401, 'UNAUTHENTICATED', 'The token is missing or wrong.'));

/** What MLflow's clients try again, by their own rules. */
function unavailable(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else write(response, problem(503, 'TEMPORARILY_UNAVAILABLE', 'The daemon is away.'));
}

function messageOf({ status, body }: Answer): string {
  try {
    return (JSON.parse(body.toString()) as { message: string }).message;
  } catch {
    return `It answered ${status}.`;
  }
}
