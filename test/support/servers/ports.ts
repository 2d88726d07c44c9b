import { createServer } from 'node:net';

/** Two test files that run at the same time are given even and odd ports: never the same one. */
const lane = Number(process.env.VITEST_POOL_ID ?? 0) % 2;

/** A free TCP port of loopback whose number plus 10,000 is free too (SeaweedFS takes it for gRPC). */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 12_000 + 2 * Math.floor(Math.random() * 9000) + lane;
    if ((await isFree(port)) && (await isFree(port + 10_000))) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
