import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';

export interface LoopbackServer {
  port: number;
  /** That are being answered now. */
  requests(): number;
  /** No new connections; answers under way get a moment. */
  close(): Promise<void>;
}

/** Answers on 127.0.0.1. Port 0 is any free one. Throws the system's error, as EADDRINUSE. */
export async function serveLoopback(
  answer: (request: Request) => Response | Promise<Response>,
  port: number,
): Promise<LoopbackServer> {
  let requests = 0;
  const listener = getRequestListener(answer);
  const server = createServer((request, response) => {
    requests += 1;
    response.once('close', () => {
      requests -= 1;
    });
    void listener(request, response);
  });
  server.keepAliveTimeout = 30_000;
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    requests: () => requests,
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  setTimeout(() => server.closeAllConnections(), 200).unref();
  await closed;
}
