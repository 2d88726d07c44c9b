import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { mlflowRequirements, toolsVenv } from '../../../support/python/venv.ts';
import { freePort } from '../../../support/servers/ports.ts';
import type { Server } from './mlflowCalls.ts';

/** MLflow's own server as it comes, on the database `mlflow.db` of a folder. */
export async function startMlflow(folder: string): Promise<{ server: Server; stop: () => Promise<void> }> {
  const { bin, python } = await toolsVenv('mlflow', mlflowRequirements);
  const port = await freePort();
  const child = spawn(
    python,
    [
      ...[join(bin, 'mlflow'), 'server', '--host', '127.0.0.1', '--port', String(port)],
      ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`],
      ...['--artifacts-destination', join(folder, 'artifacts')],
    ],
    { cwd: folder, stdio: 'ignore', detached: true },
  );
  const server = { url: `http://127.0.0.1:${port}`, headers: {} };
  for (const deadline = Date.now() + 120_000; ; await delay(200)) {
    const up = await fetch(`${server.url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (up) break;
    if (Date.now() > deadline || child.exitCode !== null) throw new Error("MLflow's server didn't start.");
  }
  return { server, stop: () => stop(child) };
}

/** It works in processes of its own: all of the group. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return;
  const gone = once(child, 'exit');
  process.kill(-child.pid, 'SIGTERM');
  await gone;
}
