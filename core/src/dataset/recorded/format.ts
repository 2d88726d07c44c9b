import { columns, type Run } from '../scan/run.ts';

/**
 * `.forebay/index`: what was true of a folder when it was last the same as a version, so that unchanged files are not
 * read again. Only a help: without it everything is read. A header of `headerBytes`, then runs in path order:
 *
 *   u32 bytes that follow; u32 entries; u32 0, or 1 where they are gone; u32 bytes of folder; u32 bytes of names;
 *   folder; names, NUL between; flags, a byte each; size, mtime, ctime, inode as doubles; all little-endian
 *   SHA-256 of each, 32 bytes; then a state of each, a byte
 *
 * What comes before the digests is compared as it is: equal bytes are an unchanged run.
 */
export const magic = 'forebay-index 2';
export const headerBytes = 256;
export const digestBytes = 32;
const fixed = 5 * 4;

/** What is known of an entry against the version that the folder was recorded at. */
export const state = {
  /** A file to be read: it is new, its stats changed, or it may have changed unseen. */
  unread: 0,
  /** As it was recorded. */
  same: 1,
  /** Not as it was recorded, and nothing to read: a link, an empty folder, an empty file. */
  changed: 2,
} as const;
export type State = (typeof state)[keyof typeof state];

export interface Header {
  /** The version it was recorded at. */
  version: number;
  /** Of that version where all of the folder was certainly the same, else ''. */
  digest: string;
}

export function encodeHeader({ version, digest }: Header): Buffer {
  const text = `${JSON.stringify({ magic, version, digest })}`;
  return Buffer.from(`${text.padEnd(headerBytes - 1)}\n`);
}

/** Undefined for anything else, an unfinished index included. */
export function decodeHeader(bytes: Buffer): Header | undefined {
  try {
    const json = JSON.parse(bytes.toString());
    return json.magic === magic ? { version: json.version, digest: json.digest } : undefined;
  } catch {
    return undefined;
  }
}

/** All of a run that comes before its digests. */
export function encodeRun(run: Run, gone = false): Buffer {
  const { folder, flags, stats } = run;
  const names = run.names.join('\0');
  const [folderBytes, nameBytes] = [Buffer.byteLength(folder), Buffer.byteLength(names)];
  const count = flags.length;
  const bytes = Buffer.allocUnsafe(fixed + folderBytes + nameBytes + count + count * columns * 8);
  const after = bytes.length - 4 + count * (digestBytes + 1);
  for (const [at, value] of [after, count, gone ? 1 : 0, folderBytes, nameBytes].entries()) {
    bytes.writeUInt32LE(value, at * 4);
  }
  let at = fixed;
  at += bytes.write(folder, at);
  at += bytes.write(names, at);
  bytes.set(flags, at);
  bytes.set(new Uint8Array(stats.buffer, stats.byteOffset, stats.byteLength), at + count);
  return bytes;
}

/** A run as it lies in an index. */
export interface RecordedRun {
  length: number;
  gone: boolean;
  /** All that comes before the digests. */
  head: Buffer;
  digests: Buffer;
  states: Buffer;
  /** Of the digests, in the file. */
  digestsAt: number;
}

/** `bytes`: of one run without its first number. `at`: where they lie in the file. Undefined where it isn't one. */
export function decodeRun(bytes: Buffer, at: number): RecordedRun | undefined {
  const head = fixed - 4;
  if (bytes.length < head) return undefined;
  const length = bytes.readUInt32LE(0);
  const stats = head + bytes.readUInt32LE(8) + bytes.readUInt32LE(12) + length;
  const digests = stats + length * columns * 8;
  if (bytes.length !== digests + length * (digestBytes + 1)) return undefined;
  return {
    length,
    gone: bytes.readUInt32LE(4) === 1,
    head: bytes.subarray(0, digests),
    digests: bytes.subarray(digests, digests + length * digestBytes),
    states: bytes.subarray(digests + length * digestBytes),
    digestsAt: at + digests,
  };
}

/** Folder, names, flags and stats of a recorded run. */
export function runOf({ length, head }: RecordedRun): Run {
  const folderBytes = head.readUInt32LE(8);
  const names = fixed - 4 + folderBytes;
  const flags = names + head.readUInt32LE(12);
  const stats = new Float64Array(length * columns);
  new Uint8Array(stats.buffer).set(head.subarray(flags + length));
  return {
    folder: head.toString('utf8', fixed - 4, names),
    names: head.toString('utf8', names, flags).split('\0'),
    flags: head.subarray(flags, flags + length),
    stats,
  };
}

/** SHA-256 (hex) of an entry, or undefined where it isn't known; of what isn't a file too. */
export function digestAt(run: RecordedRun, at: number): string | undefined {
  const hex = run.digests.toString('hex', at * digestBytes, (at + 1) * digestBytes);
  return hex === unknown ? undefined : hex;
}

const unknown = '0'.repeat(2 * digestBytes);

export function isUnknown(digests: Buffer, at: number): boolean {
  for (let i = at * digestBytes; i < (at + 1) * digestBytes; i++) if (digests[i] !== 0) return false;
  return true;
}
