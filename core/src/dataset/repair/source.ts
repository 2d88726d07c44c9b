import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { isForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { readContent } from '../content.ts';
import type { FileEntry } from '../entry.ts';

/** Somewhere a file's content may still be whole. */
export interface Source {
  /** For people. */
  from: string;
  /** Undefined where it can't be had. */
  read(offset: number, length: number): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

const step = 8 * 2 ** 20;
/** Never through a link, never waiting for a pipe. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

export function inLake(lake: Lake, datasetId: string, file: FileEntry, signal: AbortSignal): Source {
  return {
    from: 'another place in the lake',
    async read(offset, length) {
      try {
        return await readContent(lake, datasetId, file, { offset, length }, signal);
      } catch (error) {
        if (isForebayError(error, 'damaged')) return undefined;
        throw error;
      }
    },
    close: async () => {},
  };
}

/** Undefined where there is no such file of that size. */
export async function onDisk(path: string, size: number, from: string): Promise<Source | undefined> {
  const file = await open(path, flags).catch(() => undefined);
  if (!file) return undefined;
  const found = await file.stat().catch(() => undefined);
  if (!found?.isFile() || found.size !== size) {
    await file.close();
    return undefined;
  }
  return {
    from,
    async read(offset, length) {
      const bytes = Buffer.alloc(length);
      for (let at = 0; at < length; ) {
        const { bytesRead } = await file
          .read(bytes, at, length - at, offset + at)
          .catch(() => ({ bytesRead: 0 }));
        if (bytesRead === 0) return undefined;
        at += bytesRead;
      }
      return bytes;
    },
    close: () => file.close(),
  };
}

/** Reads all of it: whether these are the bytes that were synced. */
export async function holds(source: Source, { size, sha256 }: FileEntry): Promise<boolean> {
  const digest = createHash('sha256');
  for (let at = 0; at < size; at += step) {
    const bytes = await source.read(at, Math.min(step, size - at));
    if (!bytes) return false;
    digest.update(bytes);
  }
  return digest.digest('hex') === sha256;
}
