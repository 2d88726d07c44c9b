import { ForebayError } from '../api/errors.ts';
import { formatBytes, formatCount } from '../api/text/units.ts';
import type { Need } from './room.ts';
import { type Holding, isFill, type Room, spaceOf } from './room.ts';
import type { Worth } from './worth.ts';

/** What is needed, what is free, who holds the room, and what would help. */
export function noSpace(room: Room, need: Need, automatic?: Worth): ForebayError {
  const space = spaceOf(room);
  const inodes = space.inodesFree !== null && need.inodes > space.inodesFree && need.bytes <= space.free;
  const whose =
    room.inodeCapacity === null
      ? 'its disk is short of inodes, not of bytes'
      : `it may hold ${formatCount(room.inodeCapacity, 'file')} and folders`;
  const lacks = inodes
    ? `needs ${formatCount(need.inodes, 'file')} and folders, and '${room.cache}' has room for ${formatCount(space.inodesFree ?? 0, 'more file')} (${whose})`
    : `needs ${formatBytes(need.bytes)} and '${room.cache}' has ${formatBytes(space.free)} free of ${formatBytes(room.capacity)}`;
  const holders = room.holdings
    .filter((holding) => holding.state !== 'failed')
    .map((holding) => `${holding.ref} (${formatBytes(holding.storedBytes)}${whyItStays(holding)})`);
  const held = holders.length > 0 ? ` The room is held by ${holders.join(', ')}.` : '';
  const worth = automatic ? ' Nothing worth less can go for it.' : '';
  return new ForebayError(
    'no-space',
    `${need.ref} ${lacks}.${held}${worth}`,
    holders.length > 0
      ? 'Clear what is no longer used, or attach a larger cache.'
      : inodes
        ? 'Remove files from its disk, or attach a cache on another disk.'
        : 'Attach a larger cache (forebay cache-store attach NAME PATH --capacity SIZE), or free some of its disk.',
  );
}

function whyItStays(holding: Holding): string {
  if (holding.leases > 0) return ', in use';
  if (holding.pinned) return ', pinned';
  if (isFill(holding)) return ', being filled';
  return '';
}
