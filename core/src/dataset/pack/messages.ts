/** What a packer thread is told at its start. */
export interface PackerData {
  folder: string;
  /** Digests that the lake has already; see DigestSet. */
  known: SharedArrayBuffer;
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
}

export type ToPacker =
  | { type: 'pack'; files: FileToPack[]; large: boolean }
  | { type: 'buffer'; buffer: ArrayBuffer };

export interface PackedFile {
  file: number;
  /** Hex. */
  sha256: string;
  /** Of the content in the pack that comes with this message; -1 where the lake has it already. */
  offset: number;
}

export type FromPacker =
  | { type: 'want-buffer' }
  /** One pack is full. `part`: it holds one part of a large file, which says its digest only at its end. */
  | {
      type: 'pack';
      buffer: ArrayBuffer;
      length: number;
      files: PackedFile[];
      part?: { file: number; offset: number; size: number };
    }
  /** Files that are no longer as they were scanned. */
  | { type: 'changed'; files: number[] }
  | { type: 'unreadable'; path: string; reason: string }
  | { type: 'hashed'; files: PackedFile[] }
  /** Since the last one. */
  | { type: 'progress'; files: number; bytes: number }
  | { type: 'return-buffer'; buffer: ArrayBuffer }
  | { type: 'done' };
