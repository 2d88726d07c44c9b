import path from 'node:path';
import { Client } from '@forebay/core/client';
import { ensureDaemon, unixTransport } from '@forebay/core/launch';
import type { Connection } from './DaemonModel.ts';

/**
 * The daemon of this person's home, started from the bundle that the extension brings if nobody answers.
 * Nothing of the workspace is read: home and Node come from the environment alone.
 */
export function connector(extensionPath: string): () => Promise<Connection> {
  const bundle = path.join(extensionPath, 'dist', 'bundle', 'forebay.mjs');
  return async () => {
    const start = () => ensureDaemon({ bundle, node: process.execPath });
    const { socketPath, hello } = await start();
    return { client: new Client({ ...unixTransport(socketPath), revive: start }), hello };
  };
}
