import { lstatSync, readdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { ForebayError } from '../api/errors.ts';
import { errnoOf } from './errno.ts';
import { layout } from './layout.ts';

export interface CacheSpace extends DiskSpace {
  /** Bytes that the placements take on disk, an inode that several versions share counted once. */
  used: number;
  /** Files, folders and links of the placements, each inode once. */
  inodes: number;
}

export interface DiskSpace {
  /** Bytes that may still be written. */
  free: number;
  /** Bytes of the whole file system. */
  total: number;
  /** Files and folders that may still be made; null where the file system doesn't count them. */
  inodesFree: number | null;
  /** Bytes that a file is rounded up to. */
  block: number;
}

export async function measureDisk(path: string): Promise<DiskSpace> {
  const { bavail, blocks, bsize, files, ffree } = await statfs(path);
  return { free: bavail * bsize, total: blocks * bsize, inodesFree: files > 0 ? ffree : null, block: bsize };
}

export async function measureSpace(cache: string, signal?: AbortSignal): Promise<CacheSpace> {
  const [tree, disk] = await Promise.all([measureTree(layout.datasets(cache), signal), measureDisk(cache)]);
  return { used: tree.bytes, inodes: tree.inodes, ...disk };
}

/**
 * Bytes on disk and inodes below `top`, the top itself left out. What vanishes meanwhile doesn't count.
 * Files with several hard links count unless they are in `shared`, and are in it afterwards.
 */
export async function measureTree(
  top: string,
  signal?: AbortSignal,
  shared = new Set<number>(),
): Promise<{ bytes: number; inodes: number }> {
  const folders = [top];
  const sum = { bytes: 0, inodes: 0 };
  let sinceBreath = 0;
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    for (const name of namesIn(folder)) {
      if (++sinceBreath > 1000) {
        sinceBreath = 0;
        await setImmediate();
        if (signal?.aborted) throw new ForebayError('cancelled', 'Cancelled.');
      }
      const path = join(folder, name);
      const stat = lstatSync(path, { throwIfNoEntry: false });
      if (stat === undefined) continue;
      if (stat.isDirectory()) folders.push(path);
      else if (stat.nlink > 1) {
        if (shared.has(stat.ino)) continue;
        shared.add(stat.ino);
      }
      sum.inodes++;
      sum.bytes += stat.blocks === undefined ? stat.size : stat.blocks * 512;
    }
  }
  return sum;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(errnoOf(error))) return [];
    throw error;
  }
}
