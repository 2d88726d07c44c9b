import type { AddressInfo } from 'node:net';
import { createServer, connect as open, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';

export interface SlowLink {
  /** `http://127.0.0.1:PORT`; the bytes pass as they are, so that signatures stay right. */
  endpoint: string;
  /** Bytes that went towards the client so far. */
  readonly passed: number;
  /** Bytes a second towards the client on each connection, and from it, from now on. */
  limit(down: number, up?: number): void;
  /** Cuts every connection and refuses new ones, until `mend`. */
  cut(): void;
  mend(): Promise<void>;
  stop(): void;
}

/** A network of a chosen speed before the server at `target`. */
export async function startSlowLink(target: string): Promise<SlowLink> {
  const { hostname, port } = new URL(target);
  let passed = 0;
  const rates = { down: Number.POSITIVE_INFINITY, up: Number.POSITIVE_INFINITY };
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = open(Number(port), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    // A side that hangs up ends the other; that is all there is to know.
    void pipeline(
      client,
      slowed(() => rates.up),
      upstream,
    ).catch(() => {});
    void pipeline(
      upstream,
      slowed(
        () => rates.down,
        (bytes) => {
          passed += bytes;
        },
      ),
      client,
    ).catch(() => {});
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const cut = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  await listen(0);
  const own = (server.address() as AddressInfo).port;
  return {
    endpoint: `http://127.0.0.1:${own}`,
    get passed() {
      return passed;
    },
    limit: (down, up = Number.POSITIVE_INFINITY) => Object.assign(rates, { down, up }),
    cut,
    mend: () => listen(own),
    stop: cut,
  };
}

/** Passes bytes on at a rate that may change meanwhile, and tells how many. */
function slowed(rate: () => number, onPassed: (bytes: number) => void = () => {}): Transform {
  return new Transform({
    async transform(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length; at += 8192) {
        const part = chunk.subarray(at, at + 8192);
        this.push(part);
        onPassed(part.length);
        if (Number.isFinite(rate())) await delay((1000 * part.length) / rate());
      }
      done();
    },
  });
}
