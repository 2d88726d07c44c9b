import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { processStart } from '../../hub/lease/processStart.ts';
import { makeDefaultExperiment } from '../../run/experiments.ts';
import { LossWatch } from '../../run/lost/watch.ts';
import { mlflowApp } from '../../run/mlflow/app.ts';
import { openRuns } from '../../run/store/open.ts';
import { newToken } from './address.ts';
import { onlyOwner } from './gate.ts';
import { serveLoopback } from './loopback.ts';

export interface ForegroundHub {
  url: string;
  /** Null where nobody is asked for one. */
  token: string | null;
  close(): Promise<void>;
}

/**
 * MLflow's tracking API over one database file, for clients that have no home here; artifacts and outputs lie beside the
 * file. Throws `bad-request` where the port is taken.
 */
export async function serveTracking(options: {
  port: number;
  /** Absolute. */
  database: string;
  auth: 'token' | 'none';
  log: (error: unknown) => void;
}): Promise<ForegroundHub> {
  const { database, auth, log } = options;
  const folder = dirname(database);
  await mkdir(folder, { recursive: true });
  const db = await openRuns(database);
  await makeDefaultExperiment(db, Date.now());
  const token = auth === 'none' ? null : newToken();
  let { port } = options;
  const changed = () => undefined;
  const watch = new LossWatch({ db, now: Date.now, changed, log, processStart });
  await watch.start();
  const store = { db, folder, now: Date.now, changed, heard: watch.heard };
  const app = mlflowApp(
    store,
    onlyOwner(
      () => token,
      () => port,
    ),
    log,
  );
  const server = await serveLoopback(app.fetch, port).catch(async (error: NodeJS.ErrnoException) => {
    await watch.stop();
    await db.destroy();
    if (error.code !== 'EADDRINUSE') throw error;
    throw new ForebayError('bad-request', `Port ${port} is taken.`, 'Choose another with --listen.');
  });
  port = server.port;
  return {
    url: `http://127.0.0.1:${port}`,
    token,
    async close() {
      await server.close();
      await watch.stop();
      await db.destroy();
    },
  };
}
