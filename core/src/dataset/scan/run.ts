/** What stands at one path. */
export type Kind = 'file' | 'folder' | 'link';

const kinds: Kind[] = ['file', 'folder', 'link'];

/**
 * Entries that follow each other in path order and have one parent, in columns: of a million files an object each
 * would not fit the memory that a sync may take.
 */
export interface Run {
  /** The parent within the scanned folder; '' for its top. */
  folder: string;
  names: string[];
  /** Of each: its kind and executable bit; see `flagsOf`. */
  flags: Uint8Array;
  /** Of each: size in bytes, mtime, ctime (milliseconds with fractions), inode. */
  stats: Float64Array;
}

export const columns = 4;

/** Entries of one run at most. */
export const runMost = 1024;

export function flagsOf(kind: Kind, executable: boolean): number {
  return kinds.indexOf(kind) * 2 + (executable ? 1 : 0);
}

export function kindOf(flags: number): Kind {
  return kinds[flags >> 1] as Kind;
}

export function isExecutable(flags: number): boolean {
  return (flags & 1) === 1;
}

export function pathIn(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
