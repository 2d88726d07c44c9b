/** Where a piece of a file's content lies, in order; `packs/<pack>.tar`, or an object outside the lake. */
export type Part =
  | {
      pack: string;
      /** Of the stored bytes in the pack. */
      offset: number;
      /** Of the stored bytes in the pack. */
      length: number;
      codec: 'raw' | 'zstd';
      /** Of the content once decoded. */
      size: number;
    }
  | { external: { url: string; etag: string; versionId: string | null; size: number } };

/**
 * One line of a manifest. Paths are UTF-8, `/`-separated, relative, without `.` or `..`, compared as bytes.
 * A folder stands only where it is empty.
 */
export type Entry =
  | { kind: 'folder'; path: string }
  | { kind: 'link'; path: string; target: string }
  | FileEntry;

export interface FileEntry {
  kind: 'file';
  path: string;
  /** Bytes. */
  size: number;
  executable: boolean;
  /** Milliseconds since 1970. */
  mtime: number;
  /** Hex; null for an external object not read yet. */
  sha256: string | null;
  parts: Part[];
}

/** Order of UTF-8 bytes; JavaScript's own compares UTF-16 units, which differs above U+FFFF. */
export function comparePaths(a: string, b: string): number {
  return a === b ? 0 : Buffer.compare(Buffer.from(a), Buffer.from(b));
}
