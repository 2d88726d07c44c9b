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
      /** Hex, of the content; where a file has several parts and their writer knew it. */
      sha256?: string;
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
  /** Of an imported file: its identity for good, wherever its bytes are now. */
  origin?: Origin;
  /** Empty for an empty file. */
  parts: Part[];
}

export interface Origin {
  url: string;
  etag: string;
  versionId: string | null;
}

/**
 * The logical entry (FORMAT.md, Logical entry) as RFC 8785 text: what the digest covers.
 * For strings, integers and booleans ECMAScript's own serialisation is RFC 8785's.
 */
export function canonicalEntry(entry: Entry): string {
  switch (entry.kind) {
    case 'folder':
      return JSON.stringify(['folder', entry.path, 0, false, null]);
    case 'link':
      return JSON.stringify(['link', entry.path, 0, false, entry.target]);
    case 'file':
      return JSON.stringify(['file', entry.path, entry.size, entry.executable, contentOf(entry)]);
  }
}

/** What identifies a file's content: `sha256:HEX`, or `[url, etag, versionId]` of an imported object. */
export function contentOf(entry: FileEntry): string | [string, string, string | null] {
  if (entry.origin) return [entry.origin.url, entry.origin.etag, entry.origin.versionId];
  return `sha256:${entry.sha256}`;
}

/**
 * Order of UTF-8 bytes. JavaScript's own order compares UTF-16 units, in which the surrogates (U+10000 and above)
 * come before U+E000 to U+FFFF; moving them behind gives the order of code points, which is that of UTF-8.
 */
export function comparePaths(a: string, b: string): number {
  const shorter = Math.min(a.length, b.length);
  for (let i = 0; i < shorter; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return rank(x) - rank(y);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit < 0xe000 ? unit + 0x10000 : unit;
}
