import type { Selection } from '../api/index.ts';

/** What a placement takes of its cache, or was promised. */
export interface Holding {
  id: string;
  dataset: string;
  version: number;
  /** Of a part; null for the whole version. */
  selection: Selection | null;
  /** 'mnist@v2', for people. */
  ref: string;
  state: 'queued' | 'filling' | 'ready' | 'evicting' | 'failed';
  storedBytes: number;
  storedInodes: number;
  /** Of a fill under way: what already lies on the disk. */
  writtenBytes: number;
  writtenInodes: number;
  /** Milliseconds since 1970. */
  lastUsed: number;
  leases: number;
  pinned: boolean;
  /** See `uses.ts`. */
  expectedUses: number;
  usesLastWeek: number;
}

export interface Amount {
  bytes: number;
  inodes: number;
}

export interface Room {
  cache: string;
  /** Bytes. */
  capacity: number;
  /** Files, folders and links; null where only the disk limits them. */
  inodeCapacity: number | null;
  /** What the file system under the cache has left; inodes null where it doesn't count them. */
  diskFree: number;
  inodesFree: number | null;
  /** Evicted already, not yet deleted. */
  trash: Amount;
  holdings: readonly Holding[];
}

export interface Space {
  used: number;
  usedInodes: number;
  reserved: number;
  reservedInodes: number;
  /** What fills under way may still write. */
  unwritten: Amount;
  /** Of capacity and disk, whichever is less; negative where more was promised than there is. */
  left: { bytes: number; inodes: number };
  free: number;
  inodesFree: number | null;
}

/** What a placement takes beside its tree: its record, its dataset's folder. */
const besidePlacement: Amount = { bytes: 16_384, inodes: 2 };

/** As above, and a fill's own notes: a line of the journal for each range of a pack. */
export function besideFill(bytes: number): Amount {
  return { bytes: 32_768 + Math.ceil(bytes / 64e6) * 128, inodes: 8 };
}

/** A holding's tree with all that comes with it. */
export function withBeside(state: Holding['state'], tree: Amount): Amount {
  if (state === 'failed' && tree.bytes === 0) return tree;
  const beside = state === 'ready' || state === 'evicting' ? besidePlacement : besideFill(tree.bytes);
  return { bytes: tree.bytes + beside.bytes, inodes: tree.inodes + beside.inodes };
}

export const isFill = (holding: Holding) => holding.state === 'queued' || holding.state === 'filling';

export function sumOf(holdings: readonly Holding[]): Amount {
  const sum = { bytes: 0, inodes: 0 };
  for (const { storedBytes, storedInodes } of holdings) {
    sum.bytes += storedBytes;
    sum.inodes += storedInodes;
  }
  return sum;
}

/** Bytes and inodes that a cache has used, promised to fills, and left: of its capacity or its disk, whichever is less. */
export function spaceOf(room: Room): Space {
  const fills = room.holdings.filter(isFill);
  const kept = sumOf(room.holdings.filter((holding) => !isFill(holding)));
  const promised = sumOf(fills);
  const unwritten = { bytes: 0, inodes: 0 };
  for (const fill of fills) {
    unwritten.bytes += Math.max(0, fill.storedBytes - fill.writtenBytes);
    unwritten.inodes += Math.max(0, fill.storedInodes - fill.writtenInodes);
  }
  const used = kept.bytes + room.trash.bytes;
  const usedInodes = kept.inodes + room.trash.inodes;
  const unlimited = Number.POSITIVE_INFINITY;
  const left = {
    bytes: Math.min(room.capacity - used - promised.bytes, room.diskFree - unwritten.bytes),
    inodes: Math.min(
      (room.inodeCapacity ?? unlimited) - usedInodes - promised.inodes,
      (room.inodesFree ?? unlimited) - unwritten.inodes,
    ),
  };
  return {
    used,
    usedInodes,
    reserved: promised.bytes,
    reservedInodes: promised.inodes,
    unwritten,
    left,
    free: Math.max(0, left.bytes),
    inodesFree: left.inodes === unlimited ? null : Math.max(0, left.inodes),
  };
}

/** What is leaving: room that is there once evictions under way have ended. */
export function leavingOf(room: Room): Amount {
  const leaving = sumOf(room.holdings.filter((holding) => holding.state === 'evicting'));
  return { bytes: leaving.bytes + room.trash.bytes, inodes: leaving.inodes + room.trash.inodes };
}

export interface Need extends Amount {
  ref: string;
}
