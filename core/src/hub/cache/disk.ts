import { statfs } from 'node:fs/promises';
import { isTemporary } from '../../lake/fileSystem.ts';
import { Fresh } from '../fresh.ts';

export interface Disk {
  /** Bytes that may still be written. */
  diskFree: number;
  /** Null where the file system makes inodes as it goes (it reports none). */
  inodesFree: number | null;
  /** Bytes that a file is rounded up to. */
  block: number;
  reachable: boolean;
}

/** What the file system under a cache has left. */
export async function diskOf(path: string): Promise<Disk> {
  try {
    const disk = await statfs(path);
    return {
      diskFree: disk.bavail * disk.bsize,
      inodesFree: disk.files > 0 ? disk.ffree : null,
      block: disk.bsize,
      reachable: true,
    };
  } catch {
    return { diskFree: 0, inodesFree: null, block: 4096, reachable: false };
  }
}

/** For what people look at; whoever reserves room asks `diskOf` itself. */
export const recentDisks = new Fresh(diskOf, { fresh: 1000, usable: 10_000 });
export const recentlyTemporary = new Fresh(isTemporary, { fresh: 60_000, usable: 3_600_000 });
