import type { Entry } from '../entry.ts';
import { canonicalEntry, contentOf } from '../entry.ts';

/** What one version has at a path, logically: where the bytes lie is no matter. */
export interface Side {
  kind: Entry['kind'];
  /** Bytes; 0 of what is no file. */
  size: number;
  executable: boolean;
  /** Equal where contents are: `sha256:HEX`, an imported object's identity, a link's target, '' of a folder. */
  content: string;
}

/** One path that two versions don't have alike; one side at least is there. */
export interface Difference {
  path: string;
  before: Side | undefined;
  after: Side | undefined;
}

export function sideOf(entry: Entry): Side {
  switch (entry.kind) {
    case 'folder':
      return { kind: 'folder', size: 0, executable: false, content: '' };
    case 'link':
      return { kind: 'link', size: 0, executable: false, content: entry.target };
    case 'file':
      return {
        kind: 'file',
        size: entry.size,
        executable: entry.executable,
        content: textOf(contentOf(entry)),
      };
  }
}

/** Of a logical entry (FORMAT.md) as it stands in a list of changes; undefined for what is none. */
export function readSide(json: unknown): { path: string; side: Side } | undefined {
  if (!Array.isArray(json)) return undefined;
  const [kind, path, size, executable, content] = json as unknown[];
  if (kind !== 'file' && kind !== 'folder' && kind !== 'link') return undefined;
  if (typeof path !== 'string' || typeof size !== 'number' || !Number.isSafeInteger(size)) return undefined;
  return { path, side: { kind, size, executable: executable === true, content: textOf(content) } };
}

export function differ(before: Entry, after: Entry): boolean {
  return before !== after && canonicalEntry(before) !== canonicalEntry(after);
}

const textOf = (content: unknown) =>
  typeof content === 'string' ? content : content === null ? '' : JSON.stringify(content);
