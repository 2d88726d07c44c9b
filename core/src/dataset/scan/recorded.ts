import { readFile } from 'node:fs/promises';
import type { Found, Tree } from './tree.ts';

/**
 * What was true of the folder when it was last the same as a version: its files' stats and SHA-256,
 * so that unchanged files are not read again. Only a help: without it everything is read.
 */
export interface Recorded {
  /** The version it was recorded at. */
  version: number;
  digest: string;
  length: number;
  path(at: number): string;
  /** Hex, where what was found still has these stats (of a file; of others any); undefined where it must be read. */
  sha256(at: number, found: Found): string | undefined;
}

const magic = 'forebay-index 1';
const columns = ['sizes', 'mtimes', 'ctimes', 'inodes'] as const;
const digestBytes = 32;

/**
 * Stats and digests in columns: a line of JSON, then SIZE, MTIME, CTIME, INODE as little-endian doubles,
 * the digests, and the paths, each ended by NUL. A digest of zeros stands for "read it again", one of 0xff bytes for what isn't a file.
 * `now`: the file system's time before the tree was scanned.
 */
export function encodeRecorded(
  { version, digest }: { version: number; digest: string },
  tree: Tree,
  sha256: Buffer,
  now: number,
): Buffer {
  const digests = Buffer.from(sha256);
  for (let at = 0; at < tree.length; at++) {
    const slot = digests.subarray(at * digestBytes, (at + 1) * digestBytes);
    if (isRacy(tree.ctimes[at] as number, now)) slot.fill(0);
    else if (tree.kind(at) !== 'file') slot.fill(0xff);
  }
  const head = Buffer.from(`${JSON.stringify({ magic, version, digest, length: tree.length })}\n`);
  const numbers = columns.map((column) => Buffer.from(Float64Array.from(tree[column]).buffer));
  const paths = Buffer.from(tree.paths.map((path) => `${path}\0`).join(''));
  return Buffer.concat([head, ...numbers, digests, paths]);
}

/** Undefined where there is none or it can't be used. */
export async function readRecorded(file: string): Promise<Recorded | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return undefined;
  try {
    return decodeRecorded(bytes);
  } catch {
    return undefined;
  }
}

export function decodeRecorded(bytes: Buffer): Recorded | undefined {
  const lineEnd = bytes.indexOf(10);
  const head = JSON.parse(bytes.toString('utf8', 0, lineEnd));
  if (head.magic !== magic) return undefined;
  const { length, version, digest } = head as { length: number; version: number; digest: string };
  const start = lineEnd + 1;
  const digests = start + columns.length * 8 * length;
  const paths = bytes.toString('utf8', digests + digestBytes * length).split('\0');
  if (paths.length !== length + 1) return undefined;
  const number = (column: number, at: number) => bytes.readDoubleLE(start + (column * length + at) * 8);
  return {
    version,
    digest,
    length,
    path: (at) => paths[at] as string,
    sha256(at, found) {
      const same =
        number(0, at) === found.size &&
        number(1, at) === found.mtime &&
        number(2, at) === found.ctime &&
        number(3, at) === found.inode;
      if (!same) return undefined;
      const hex = bytes.toString('hex', digests + at * digestBytes, digests + (at + 1) * digestBytes);
      return hex === unread ? undefined : hex;
    },
  };
}

const unread = '0'.repeat(2 * digestBytes);

/** File systems whose times end in whole seconds tell them to 2 s (FAT); others tick every few milliseconds. */
const coarse = 2000;
const fine = 50;

/**
 * Whether a file that was stat'ed at `now` (by its file system's own clock, milliseconds) could change once more
 * without its ctime showing it (git's "racy" problem).
 */
export function isRacy(ctime: number, now: number): boolean {
  return ctime >= now - (Number.isInteger(ctime / 1000) ? coarse : fine);
}
