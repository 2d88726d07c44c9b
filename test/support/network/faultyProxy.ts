import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * What happens to one request: `busy` answers 503, `fail` 500; `refuse-connection` cuts it before the server sees it; `stall` never
 * answers it; `lose-answer` lets it arrive and cuts the connection instead of answering; `arrive-late` cuts the
 * connection first, and lets it arrive up to a second and a half later; `cut-body` sends half of the
 * answer's body and cuts; `stall-body` sends half and falls silent; `slow` waits a little, then passes it on;
 * `flip-body` changes a bit of the answer's body.
 */
export type Fault =
  | 'none'
  | 'busy'
  | 'fail'
  | 'refuse-connection'
  | 'stall'
  | 'lose-answer'
  | 'arrive-late'
  | 'cut-body'
  | 'stall-body'
  | 'slow'
  | 'flip-body';

/** Milliseconds after which nothing that was sent through a proxy can arrive any more. */
export const lateMost = 1500;

export interface ProxyOptions {
  fault?: (request: IncomingMessage) => Fault;
  /** Header names (lower case) that the server never sees. */
  strip?: string[];
}

export interface FaultyProxy {
  endpoint: string;
  /** `METHOD /path` of every request so far. */
  seen: string[];
  stop(): Promise<void>;
}

/** An HTTP proxy on loopback before the server at `target`; the Host header stays, so that signatures stay right. */
export async function startFaultyProxy(target: string, options: ProxyOptions): Promise<FaultyProxy> {
  const seen: string[] = [];
  const server = createServer((incoming, outgoing) => {
    incoming.on('error', () => undefined);
    outgoing.on('error', () => undefined);
    const path = (incoming.url ?? '/').replace(/^http:\/\/[^/]+/, '');
    seen.push(`${incoming.method} ${path.replace(/\?.*/, '')}`);
    void pass(incoming, outgoing, new URL(path, target), options);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    stop: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function pass(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  target: URL,
  { fault, strip = [] }: ProxyOptions,
): Promise<void> {
  const chosen = fault?.(incoming) ?? 'none';
  if (chosen === 'refuse-connection') return void incoming.socket.destroy();
  const body = Buffer.concat(await incoming.toArray().catch(() => []));
  if (chosen === 'stall') return;
  if (chosen === 'busy') {
    outgoing.writeHead(503, { 'content-type': 'application/xml' });
    return void outgoing.end(
      '<Error><Code>SlowDown</Code><Message>Please reduce your rate.</Message></Error>',
    );
  }
  if (chosen === 'fail') {
    outgoing.writeHead(500, { 'content-type': 'application/xml' });
    return void outgoing.end('<Error><Code>InternalError</Code><Message>Try again.</Message></Error>');
  }
  if (chosen === 'slow') await delay(100);
  if (chosen === 'arrive-late') {
    outgoing.destroy();
    await delay(Math.random() * lateMost);
  }
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).filter(([name]) => !strip.includes(name)),
  );
  const forwarded = request(target, { method: incoming.method ?? 'GET', headers });
  forwarded.on('error', () => outgoing.destroy());
  forwarded.on('response', async (answer) => {
    const content = Buffer.concat(await answer.toArray());
    if (chosen === 'flip-body' && content[0] !== undefined) content[0] ^= 1;
    if (chosen === 'lose-answer') return void outgoing.destroy();
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    if (content.length < 2 || (chosen !== 'cut-body' && chosen !== 'stall-body'))
      return void outgoing.end(content);
    outgoing.write(content.subarray(0, content.length / 2), () => {
      if (chosen === 'cut-body') outgoing.destroy();
    });
  });
  forwarded.end(body);
}

/** A number generator in [0, 1) that repeats for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Each request meets one of `faults` with probability `rate`, by `seed`. */
export function seededFaults(seed: number, rate: number, faults: Fault[]): () => Fault {
  const random = seededRandom(seed);
  return () => (random() < rate ? (faults[Math.floor(random() * faults.length)] ?? 'none') : 'none');
}

/** The first requests meet these faults in turn, all later ones none. */
export function faultsInTurn(...faults: Fault[]): () => Fault {
  return () => faults.shift() ?? 'none';
}
