import { ForebayError } from '../../api/errors.ts';
import { formatBytes, formatCount } from '../../api/text/units.ts';
import type { DiskSpace } from '../measure.ts';

export interface Need {
  /** On disk, rounded up to blocks. */
  bytes: number;
  /** Files, folders and links. */
  inodes: number;
}

/** What the hub knows beside the disk itself. */
export interface Limits {
  /** Bytes that the cache may hold in all. */
  capacity: number;
  /** Files, folders and links; null where only the disk limits them. */
  inodeCapacity?: number | null;
  /** What others take now, or have written already. */
  used: number;
  usedInodes?: number;
  /** What fills under way may still write. */
  reserved: Need;
}

/** Before the first byte: throws `no-space`, saying what is needed, what is free and what would help. */
export function requireRoom(what: string, path: string, need: Need, disk: DiskSpace, limits?: Limits): void {
  const reserved = limits?.reserved ?? { bytes: 0, inodes: 0 };
  const onDisk = Math.max(0, disk.free - reserved.bytes);
  const inCapacity = limits
    ? Math.max(0, limits.capacity - limits.used - reserved.bytes)
    : Number.POSITIVE_INFINITY;
  const inodes = disk.inodesFree === null ? null : Math.max(0, disk.inodesFree - reserved.inodes);
  const inodeCapacity = limits?.inodeCapacity ?? null;
  const needed = `${what} needs ${formatBytes(need.bytes)}`;
  if (limits && need.bytes > limits.capacity) {
    throw new ForebayError(
      'no-space',
      `${needed}, but the cache ${path} may hold ${formatBytes(limits.capacity)} in all.`,
      'Attach a larger cache: forebay cache-store attach NAME PATH --capacity SIZE.',
    );
  }
  if (need.bytes > inCapacity) {
    throw new ForebayError(
      'no-space',
      `${needed}, but the cache ${path} has ${formatBytes(inCapacity)} of its ${formatBytes(limits?.capacity ?? 0)} left.`,
      `Clear versions of ${formatBytes(need.bytes - inCapacity)} or more (forebay cache rm), or attach a larger cache.`,
    );
  }
  if (inodeCapacity !== null) {
    const left = Math.max(0, inodeCapacity - (limits?.usedInodes ?? 0) - reserved.inodes);
    if (need.inodes > left) {
      throw new ForebayError(
        'no-space',
        `${what} needs ${formatCount(need.inodes, 'file')} and folders, but the cache ${path} has room for ${left.toLocaleString('en-US')} more of its ${inodeCapacity.toLocaleString('en-US')}.`,
        'Clear versions that have many files (forebay cache rm), or attach a cache with more inodes.',
      );
    }
  }
  if (need.bytes > onDisk) {
    throw new ForebayError(
      'no-space',
      `${needed}, but the disk of the cache ${path} has ${formatBytes(onDisk)} free.`,
      `Free ${formatBytes(need.bytes - onDisk)} or more there: clear versions (forebay cache rm), or delete other files.`,
    );
  }
  if (inodes !== null && need.inodes > inodes) {
    throw new ForebayError(
      'no-space',
      `${what} needs ${formatCount(need.inodes, 'file')} and folders, but the disk of the cache ${path} has room for ${formatCount(inodes, 'more')} (it is out of inodes, not of bytes).`.replace(
        ' mores ',
        ' more ',
      ),
      'Clear versions that have many files (forebay cache rm), or attach a cache on a file system with more inodes.',
    );
  }
}
