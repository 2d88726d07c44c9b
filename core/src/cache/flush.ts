import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { errnoOf } from './errno.ts';

const run = promisify(execFile);

/** syncfs(2), which Node lacks, through coreutils: one call for all files, where fsync would be one for each. */
export async function flushFileSystem(path: string, signal: AbortSignal): Promise<void> {
  try {
    await run('sync', process.platform === 'linux' ? ['-f', path] : [], { signal });
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT') throw error; // No such command, as on Windows.
  }
}

/** Makes the names in a folder last; not every system can open one. */
export async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
