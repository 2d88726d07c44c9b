import { setTimeout } from 'node:timers/promises';
import { comparePaths, type Entry, type FileEntry } from '../entry.ts';
import type { Control } from '../progress.ts';
import { encodeRecorded } from '../scan/recorded.ts';
import { scanFolder } from '../scan/scan.ts';
import type { Found } from '../scan/tree.ts';
import { Digests } from '../sync/compare.ts';
import { fileSystemTime, recordedFile, writeReserved } from '../workingCopy.ts';

export interface RecordRequest {
  folder: string;
  version: { version: number; digest: string };
  /** The version's, in path order. */
  entries: AsyncIterable<Entry>;
  /** SHA-256 of a file as it stands, where it is certain; `entry` is what the version has there. */
  digestOf: (found: Found, entry: FileEntry | undefined) => string | undefined;
}

/** Milliseconds after which a file can't change any more without its ctime telling. */
const settling = 60;

/**
 * Writes the index of a folder that was just written, so that the next sync reads no file again.
 * Only where all of the folder is certainly the version's does the index say so; else sync looks closer.
 */
export async function recordTree(request: RecordRequest, control: Control): Promise<void> {
  const { folder, version, entries, digestOf } = request;
  await setTimeout(settling);
  const now = await fileSystemTime(folder);
  const tree = await scanFolder(folder, control);
  const digests = new Digests(tree.length);
  let at = 0;
  let same = true;
  const noteUntil = (path: string | undefined): void => {
    for (; at < tree.length && (path === undefined || comparePaths(tree.path(at), path) < 0); at++) {
      const digest = tree.kind(at) === 'file' ? digestOf(tree.at(at), undefined) : undefined;
      if (digest !== undefined) digests.set(at, digest);
      same = false;
    }
  };
  for await (const entry of entries) {
    noteUntil(entry.path);
    if (at === tree.length || tree.path(at) !== entry.path) {
      same = false;
      continue;
    }
    const found = tree.at(at);
    const digest =
      found.kind === 'file' ? digestOf(found, entry.kind === 'file' ? entry : undefined) : undefined;
    if (digest !== undefined) digests.set(at, digest);
    if (!isSame(found, entry, digest)) same = false;
    at++;
  }
  noteUntil(undefined);
  const head = same ? version : { version: version.version, digest: '' };
  await writeReserved(folder, recordedFile(folder), encodeRecorded(head, tree, digests.buffer, now));
}

/** For a file that we wrote: whoever changed it since left another time on it. */
export function digestAsWritten(found: Found, entry: FileEntry | undefined): string | undefined {
  const same = entry && found.size === entry.size && Math.floor(found.mtime) === entry.mtime;
  return (same && entry.sha256) || undefined;
}

function isSame(found: Found, entry: Entry, digest: string | undefined): boolean {
  if (found.kind !== entry.kind) return false;
  if (entry.kind === 'link') return found.target === entry.target;
  return entry.kind === 'folder' || (digest === entry.sha256 && found.executable === entry.executable);
}
