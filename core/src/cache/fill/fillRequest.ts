import type { Lake } from '../../lake/lake.ts';
import type { CacheDirectory } from '../directory.ts';
import type { CachedVersion, Lender } from '../record.ts';
import type { Limits } from './room.ts';

export interface FillRequest {
  cache: CacheDirectory;
  lake: Lake;
  dataset: { id: string; name: string };
  version: CachedVersion;
  /** Random; another one for every attempt that may overlap an earlier one: it fences off a filler that stalled. */
  fillId: string;
  /** Ready versions of the same dataset, or parts of them; the two nearest lend their files. */
  reuse?: Lender[];
  /** What stands there is the version, but some of it is damaged: the rest of it lends its files, then makes way. */
  heal?: boolean;
  /** Checked before the first byte, beside the disk's own free space. */
  limits?: Limits;
}

export interface FilledVersion {
  path: string;
  files: number;
  /** Of the files' contents. */
  bytes: number;
  /** Of the folder, decimal. */
  inode: string;
  /** What it takes on the disk beyond what it shares with other versions: bytes rounded up to blocks. */
  storedBytes: number;
  storedInodes: number;
  /** Of `bytes`, those that an attempt which was cut off had written. */
  resumedBytes: number;
  /** What came from the lake rather than from other versions, or from what stood there. */
  fetchedBytes: number;
  fetchedFiles: number;
}
