import type { FileEntry } from '../../entry.ts';
import { maxRead } from './planReads.ts';

/** Of one group: with a few groups under way, more requests than a store is asked at once wait ready. */
const filesMost = 128;

/** Sorts out imported objects that are small enough to be read whole, in groups that fit a buffer. */
export function planExternals(files: FileEntry[]): { outside: FileEntry[][]; inside: FileEntry[] } {
  const outside: FileEntry[][] = [];
  const inside: FileEntry[] = [];
  let group: FileEntry[] = [];
  let bytes = 0;
  for (const file of files) {
    if (!isSmallExternal(file)) {
      inside.push(file);
      continue;
    }
    if (group.length === filesMost || bytes + file.size > maxRead) {
      outside.push(group);
      group = [];
      bytes = 0;
    }
    group.push(file);
    bytes += file.size;
  }
  if (group.length > 0) outside.push(group);
  return { outside, inside };
}

function isSmallExternal({ parts: [part], parts, size }: FileEntry): boolean {
  return part !== undefined && parts.length === 1 && 'external' in part && size > 0 && size <= maxRead;
}
