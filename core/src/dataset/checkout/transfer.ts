import type { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import type { FileEntry } from '../entry.ts';
import type { SharedBuffers } from './read/sharedBuffers.ts';
import type { WriterPool } from './write/writerPool.ts';
import type { FileMode } from './write/writerTask.ts';

/** Everything that moving files out of the lake has in common, whether they are written or only hashed. */
export interface Transfer {
  lake: Lake;
  datasetId: string;
  pool: WriterPool;
  buffers: SharedBuffers;
  /** Null: read and hash, write nothing. */
  folder: string | null;
  signal: AbortSignal;
  modeOf: (file: FileEntry) => FileMode;
  /** Bytes of files that arrived, for the progress; negative once the file itself counts, or is dropped. */
  coming: (bytes: number) => void;
  /** A file's bytes are where they belong. */
  done: (file: FileEntry) => void;
  /** The same, and it shares its inode with another version's file. */
  linked: (file: FileEntry) => void;
  /** Files that an attempt which was cut off has begun to write, and how many of their first parts it wrote. */
  begun: Map<string, number>;
  /** Bytes that such an attempt wrote, and that were found right and kept. */
  tookOver: (bytes: number) => void;
  /** A range of a pack that no file needs any more. */
  finished: (range: { pack: string; offset: number; length: number }) => void;
  /** A file whose bytes are wrong in the lake, also when read again; throws, or notes it. */
  damaged: (file: FileEntry, error: ForebayError) => void;
  /** Imported objects that are others now; throws, or notes them. */
  changed: (files: FileEntry[]) => void;
  /** SHA-256, hex, of an imported object that was read whole. */
  learn: (file: FileEntry, sha256: string) => void;
  /** The file system refused to hold the file; always throws. */
  refused: (thrown: unknown, path: string) => never;
}
