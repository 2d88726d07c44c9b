import { ForebayError, formatBytes, formatCount } from '../../api/index.ts';

export interface Holding {
  id: string;
  /** 'mnist@v2', for people. */
  ref: string;
  state: 'queued' | 'filling' | 'ready' | 'evicting' | 'failed';
  storedBytes: number;
  storedInodes: number;
  /** Of a fill under way: what already lies on the disk. */
  writtenBytes: number;
  writtenInodes: number;
  lastUsed: number;
  leases: number;
  pinned: boolean;
}

export interface Room {
  cache: string;
  /** Bytes. */
  capacity: number;
  /** What the file system under the cache has left; inodes null where it doesn't count them. */
  diskFree: number;
  inodesFree: number | null;
  holdings: readonly Holding[];
}

export interface Need {
  ref: string;
  bytes: number;
  inodes: number;
}

export interface Space {
  used: number;
  reserved: number;
  /** What fills under way may still write. */
  unwritten: { bytes: number; inodes: number };
  /** Of the disk once the fills under way have written what they reserved; may be negative. */
  diskLeft: number;
  free: number;
  inodesFree: number | null;
}

const isFill = (holding: Holding) => holding.state === 'queued' || holding.state === 'filling';
const sum = (numbers: number[]) => numbers.reduce((all, one) => all + one, 0);

/** Bytes (and inodes) that a cache has used, promised to fills, and left: of its capacity or its disk, whichever is less. */
export function spaceOf(room: Room): Space {
  const fills = room.holdings.filter(isFill);
  const used = sum(room.holdings.filter((holding) => !isFill(holding)).map((holding) => holding.storedBytes));
  const reserved = sum(fills.map((holding) => holding.storedBytes));
  const unwritten = sum(fills.map((holding) => Math.max(0, holding.storedBytes - holding.writtenBytes)));
  const unwrittenInodes = sum(
    fills.map((holding) => Math.max(0, holding.storedInodes - holding.writtenInodes)),
  );
  const diskLeft = room.diskFree - unwritten;
  return {
    used,
    reserved,
    unwritten: { bytes: unwritten, inodes: unwrittenInodes },
    diskLeft,
    free: Math.max(0, Math.min(room.capacity - used - reserved, diskLeft)),
    inodesFree: room.inodesFree === null ? null : Math.max(0, room.inodesFree - unwrittenInodes),
  };
}

/**
 * Which placements to evict so that `need` fits: the least recently used ones that nobody leases and nobody pinned,
 * and no more of them than it takes. Throws `no-space`, saying what holds the room.
 */
export function makeRoom(room: Room, need: Need, mayEvict: boolean): Holding[] {
  const space = spaceOf(room);
  const leaving = room.holdings.filter((holding) => holding.state === 'evicting');
  const lacks = (evicted: readonly Holding[]) => {
    const gone = [...leaving, ...evicted];
    const bytes = sum(gone.map((holding) => holding.storedBytes));
    const inodes = sum(gone.map((holding) => holding.storedInodes));
    return (
      need.bytes > Math.min(room.capacity - space.used - space.reserved, space.diskLeft) + bytes ||
      need.inodes > (space.inodesFree ?? Number.POSITIVE_INFINITY) + inodes
    );
  };
  const candidates = room.holdings
    .filter((holding) => holding.state === 'ready' && holding.leases === 0 && !holding.pinned)
    .sort((a, b) => a.lastUsed - b.lastUsed);
  const evict: Holding[] = [];
  for (const candidate of mayEvict ? candidates : []) {
    if (!lacks(evict)) break;
    evict.push(candidate);
  }
  if (lacks(evict)) throw noSpace(room, need, space);
  return evict;
}

function noSpace(room: Room, need: Need, space: Space): ForebayError {
  const inodes = space.inodesFree !== null && need.inodes > space.inodesFree && need.bytes <= space.free;
  const lacks = inodes
    ? `needs ${formatCount(need.inodes, 'file')} and folders, and '${room.cache}' has room for ${formatCount(space.inodesFree ?? 0, 'more file')} (its disk is short of inodes, not of bytes)`
    : `needs ${formatBytes(need.bytes)} and '${room.cache}' has ${formatBytes(space.free)} free of ${formatBytes(room.capacity)}`;
  const holders = room.holdings
    .filter((holding) => holding.state !== 'failed')
    .map((holding) => `${holding.ref} (${formatBytes(holding.storedBytes)}${whyItStays(holding)})`);
  const held = holders.length > 0 ? ` The room is held by ${holders.join(', ')}.` : '';
  return new ForebayError(
    'no-space',
    `${need.ref} ${lacks}.${held}`,
    holders.length > 0
      ? 'Clear what is no longer used, or attach a larger cache.'
      : inodes
        ? 'Remove files from its disk, or attach a cache on another disk.'
        : 'Attach a larger cache, or free some of its disk.',
  );
}

function whyItStays(holding: Holding): string {
  if (holding.leases > 0) return ', in use';
  if (holding.pinned) return ', pinned';
  if (isFill(holding)) return ', being filled';
  return '';
}
