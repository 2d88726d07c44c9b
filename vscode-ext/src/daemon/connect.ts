import path from 'node:path';
import { Client } from '@forebay/core/client';
import { ensureDaemon, unixTransport } from '@forebay/core/launch';
import { settings } from '../vscode/settings.ts';
import type { Connection } from './DaemonModel.ts';

/**
 * The daemon of this person's home, started from the bundle that the extension brings if nobody answers.
 * Nothing of the workspace is read: home and Node come from the environment, or from a setting of the machine.
 */
export function connector(extensionPath: string): () => Promise<Connection> {
  const bundle = path.join(extensionPath, 'dist', 'bundle', 'forebay.mjs');
  return async () => {
    const start = () => {
      const chosen = settings.nodePath;
      const env = chosen === '' ? process.env : { ...process.env, FOREBAY_NODE: chosen };
      return ensureDaemon({ bundle, node: process.execPath, env });
    };
    const { socketPath, hello } = await start();
    return { client: new Client({ ...unixTransport(socketPath), revive: start }), hello };
  };
}
