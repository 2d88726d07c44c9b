import { rename, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { randomName } from '../dataset/names.ts';

/**
 * `daemon.json` in the home: how a program that has no Node of its own (a kernel's Python) finds and starts the daemon,
 * or tells where it is when it can't.
 */
export async function writeDaemonJson(
  home: string,
  daemon: { node: string; bundle: string; socket: string },
): Promise<void> {
  const path = join(home, 'daemon.json');
  const unfinished = `${path}.${randomName()}`;
  await writeFile(unfinished, `${JSON.stringify({ ...daemon, host: hostname() }, null, 2)}\n`, {
    mode: 0o600,
  });
  await rename(unfinished, path);
}
