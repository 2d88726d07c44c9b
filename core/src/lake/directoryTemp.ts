import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, stat, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { throwIfAborted } from './key.ts';

const chunk = 8 * 2 ** 20;
const abandonedAfter = 24 * 3600 * 1000;

/** Of the lake in a folder: where objects are while they are written. */
export const tempIn = (root: string): string => join(root, '.tmp');

/** Writes `body` to a new file in `folder`, flushed to the disk; its path. Leaves nothing when it fails or is aborted. */
export async function writeTemp(folder: string, body: Uint8Array, signal?: AbortSignal): Promise<string> {
  const path = join(folder, randomBytes(16).toString('hex'));
  const file = await open(path, 'wx', 0o444);
  try {
    for (let at = 0; at < body.length; ) {
      throwIfAborted(signal);
      at += (await file.write(body, at, Math.min(chunk, body.length - at))).bytesWritten;
    }
    await file.sync();
    throwIfAborted(signal);
  } catch (thrown) {
    await file.close();
    await removeQuietly(path);
    throw thrown;
  }
  await file.close();
  return path;
}

/**
 * Removes what writers that were killed left behind, a day later; a living writer never takes that long.
 * Never fails: what can't be removed now is left to the next.
 */
export async function removeAbandoned(folder: string, now = Date.now()): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    const age = now - (await stat(path).catch(() => ({ mtimeMs: now }))).mtimeMs;
    if (age > abandonedAfter) await removeQuietly(path);
  }
}

export async function removeQuietly(path: string): Promise<void> {
  await unlink(path).catch(() => undefined);
}

/** Makes `folder` with all above it, each made name flushed to the disk. */
export async function makeFolder(folder: string): Promise<void> {
  const first = await mkdir(folder, { recursive: true });
  if (first === undefined) return;
  for (let at = folder; at.length >= first.length; at = dirname(at)) await syncFolder(dirname(at));
}

/** Makes a new name in `folder` outlive a power cut; where folders can't be flushed (SMB, Windows) nothing more can be done. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(folder, 'r');
    await handle.sync();
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code ?? '';
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM', 'EBADF'].includes(code)) throw thrown;
  } finally {
    await handle?.close();
  }
}
