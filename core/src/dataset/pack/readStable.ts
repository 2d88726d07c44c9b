import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import type { FileToPack } from './messages.ts';

/** Never through a link, never waiting for a pipe that took the file's place. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export type Stable<T> = { is: 'read'; value: T } | { is: 'changed' } | { is: 'unreadable'; reason: string };

/** Reads a file that must be, before and after, as it was scanned: else its content is nobody's. */
export async function readStable<T>(
  folder: string,
  file: FileToPack,
  read: (descriptor: number) => T | undefined | Promise<T | undefined>,
): Promise<Stable<T>> {
  let descriptor: number;
  try {
    descriptor = openSync(join(folder, file.path), flags);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return ['ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO'].includes(code ?? '')
      ? { is: 'changed' }
      : { is: 'unreadable', reason: code ?? String(error) };
  }
  try {
    if (!isAsScanned(fstatSync(descriptor), file)) return { is: 'changed' };
    const value = await read(descriptor);
    if (value === undefined || !isAsScanned(fstatSync(descriptor), file)) return { is: 'changed' };
    return { is: 'read', value };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (!code) throw error;
    return { is: 'unreadable', reason: code };
  } finally {
    closeSync(descriptor);
  }
}

/** Fills `target` from `offset` with `size` bytes of the file; false where it ends early. */
export function readExactly(
  descriptor: number,
  target: Buffer,
  offset: number,
  size: number,
  position: number,
): boolean {
  let done = 0;
  while (done < size) {
    const count = readSync(descriptor, target, offset + done, size - done, position + done);
    if (count === 0) return false;
    done += count;
  }
  return true;
}

function isAsScanned(stats: Stats, file: FileToPack): boolean {
  return (
    stats.isFile() &&
    stats.size === file.size &&
    stats.mtimeMs === file.mtime &&
    stats.ctimeMs === file.ctime &&
    stats.ino === file.inode
  );
}
