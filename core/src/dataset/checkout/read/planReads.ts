import type { ByteRange } from '../../../lake/object.ts';
import type { FileEntry } from '../../entry.ts';

/** One request to the lake and the files whose whole content lies in it. */
export interface Read {
  pack: string;
  range: ByteRange;
  files: PackedFile[];
}

/** A file of exactly one part in a pack. */
export interface PackedFile {
  entry: FileEntry;
  offset: number;
  length: number;
  codec: 'raw' | 'zstd';
}

export interface ReadPlan {
  reads: Read[];
  /** Files of no bytes: nothing to read. */
  empty: PackedFile[];
  /** Of several parts, larger than a read, or outside the lake: read as streams. */
  streamed: FileEntry[];
}

/** Bytes of one request at most: small enough for a few in memory, large enough for the store's full rate. */
export const maxRead = 8 * 2 ** 20;
/** A gap that is cheaper to read than to ask again for, in bytes. */
const gapWorthReading = 256 * 1024;
/** Where a third or more of a stretch is needed, all of it is read. */
const neededShare = 1 / 3;

/** Turns files, in path order, into few large reads, pack by pack in the order in which packs are first needed. */
export function planReads(files: FileEntry[], limit: number = maxRead): ReadPlan {
  const packs = new Map<string, PackedFile[]>();
  const empty: PackedFile[] = [];
  const streamed: FileEntry[] = [];
  for (const entry of files) {
    const part = entry.parts[0];
    if (entry.size === 0 && entry.sha256 !== null) {
      empty.push({ entry, offset: 0, length: 0, codec: 'raw' });
    } else if (part === undefined || entry.parts.length > 1 || !('pack' in part)) streamed.push(entry);
    else if (part.length > limit || part.size > limit || part.size !== entry.size) streamed.push(entry);
    else {
      const packed = { entry, offset: part.offset, length: part.length, codec: part.codec };
      const list = packs.get(part.pack);
      if (list) list.push(packed);
      else packs.set(part.pack, [packed]);
    }
  }
  return { reads: [...packs].flatMap(([pack, packed]) => readsOf(pack, packed, limit)), empty, streamed };
}

function readsOf(pack: string, files: PackedFile[], limit: number): Read[] {
  files.sort((a, b) => a.offset - b.offset);
  const first = files[0];
  if (first === undefined) return [];
  let needed = 0;
  let end = 0;
  for (const file of files) {
    needed += Math.max(0, file.offset + file.length - Math.max(end, file.offset));
    end = Math.max(end, file.offset + file.length);
  }
  const gap = needed >= neededShare * (end - first.offset) ? Number.POSITIVE_INFINITY : gapWorthReading;
  const reads: Read[] = [];
  let read: Read | undefined;
  for (const file of files) {
    const readEnd = read ? read.range.offset + read.range.length : 0;
    const newEnd = Math.max(readEnd, file.offset + file.length);
    if (read && file.offset - readEnd <= gap && newEnd - read.range.offset <= limit) {
      read.files.push(file);
      read.range.length = newEnd - read.range.offset;
    } else {
      read = { pack, range: { offset: file.offset, length: file.length }, files: [file] };
      reads.push(read);
    }
  }
  return reads;
}
