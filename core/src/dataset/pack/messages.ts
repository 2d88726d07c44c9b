/** What a packer thread is told at its start. */
export interface PackerData {
  folder: string;
  /** Digests of whole files, and of chunks, that the lake has already; see DigestSet. */
  known: SharedArrayBuffer;
  knownChunks: SharedArrayBuffer;
  /** See Pace. */
  pace: SharedArrayBuffer;
  /** That the packers have between them. */
  cores: number;
}

/** A file as it was scanned; it must still be so before and after it is read. */
export interface FileToPack {
  /** Position in the scan. */
  file: number;
  path: string;
  size: number;
  executable: boolean;
  /** Milliseconds, as `lstat` gives them. */
  mtime: number;
  ctime: number;
  inode: number;
  /** A large file that the lake may have in one piece or in pieces without hashes: hashed before it is cut. */
  asWhole?: boolean;
}

export type ToPacker =
  | { type: 'pack'; files: FileToPack[]; large: boolean }
  | { type: 'buffer'; buffer: SharedArrayBuffer };

/** Stored bytes in the pack that comes with this message. */
export interface Stored {
  offset: number;
  length: number;
  codec: 'raw' | 'zstd';
}

export interface PackedFile {
  file: number;
  /** Hex. */
  sha256: string;
  /** Undefined where the lake has it already. */
  stored?: Stored;
}

/** A content, a piece of a large file or all of a small one, whose hash (hex) says what it is. */
export interface PackedChunk extends Stored {
  sha256: string;
  /** Of its content. */
  size: number;
}

export type FromPacker =
  | { type: 'want-buffer' }
  /** One pack is full. */
  | { type: 'pack'; buffer: SharedArrayBuffer; length: number; files: PackedFile[]; chunks: PackedChunk[] }
  /** A large file, read to its end, and the hashes of its chunks in order: in the lake, or in packs before or after. */
  | { type: 'cut'; file: number; sha256: string; chunks: string[] }
  /** Files that are no longer as they were scanned. */
  | { type: 'changed'; files: number[] }
  | { type: 'unreadable'; path: string; reason: string }
  | { type: 'hashed'; files: PackedFile[] }
  /** Since the last one. */
  | { type: 'progress'; files: number; bytes: number }
  | { type: 'return-buffer'; buffer: SharedArrayBuffer }
  | { type: 'done' };

/** How a packer reaches the one it works for, in another thread or in the same. */
export interface PackerPort {
  send(message: FromPacker): void;
  /** An empty buffer of a pack's size; waits while all are on their way to the lake. */
  buffer(): Promise<SharedArrayBuffer>;
}
