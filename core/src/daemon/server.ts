import { chmod, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { OpenAPIHono } from '@hono/zod-openapi';

export interface SocketServer {
  /** Requests that are being answered now, streams included. */
  open(): number;
  /** No new connections; streams end, answers under way are finished. */
  close(): Promise<void>;
}

/** Answers on a Unix socket, which only its owner may connect to. The caller holds the lock: what lies there is stale. */
export async function serveSocket(app: OpenAPIHono, socketPath: string): Promise<SocketServer> {
  let open = 0;
  const listener = getRequestListener(app.fetch);
  const server = createServer((request, response) => {
    open += 1;
    response.once('close', () => {
      open -= 1;
    });
    void listener(request, response);
  });
  server.keepAliveTimeout = 30_000;
  await rm(socketPath, { force: true });
  await listen(server, socketPath);
  await chmod(socketPath, 0o600);
  return {
    open: () => open,
    async close() {
      await rm(socketPath, { force: true });
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeIdleConnections();
      // What is small is answered by now or soon; what still streams is cut.
      setTimeout(() => server.closeAllConnections(), 200).unref();
      await closed;
    },
  };
}

function listen(server: Server, socketPath: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(socketPath, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
