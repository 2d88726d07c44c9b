import { setTimeout } from 'node:timers/promises';
import { comparePaths, type Entry, type FileEntry } from '../entry.ts';
import type { Control } from '../progress.ts';
import { digestBytes, encodeRun, state } from '../recorded/format.ts';
import { IndexWriter } from '../recorded/write.ts';
import { isRacy } from '../scan/racy.ts';
import { readTarget } from '../scan/scan.ts';
import { type Found, foundAt } from '../scan/tree.ts';
import { walkFolder } from '../scan/walk.ts';
import { fileSystemTime, recordedFile } from '../workingCopy/workingCopy.ts';

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
  const index = new IndexWriter(recordedFile(folder));
  const wanted = entries[Symbol.asyncIterator]();
  let entry = await wanted.next();
  let same = true;
  try {
    for await (const run of walkFolder(folder, control)) {
      const count = run.names.length;
      const digests = Buffer.alloc(count * digestBytes);
      for (let at = 0; at < count; at++) {
        const found = foundAt(run, at, (path) => readTarget(folder, path));
        while (!entry.done && comparePaths(entry.value.path, found.path) < 0) {
          same = false;
          entry = await wanted.next();
        }
        const there = !entry.done && entry.value.path === found.path ? entry.value : undefined;
        if (there) entry = await wanted.next();
        const file = there?.kind === 'file' ? there : undefined;
        const digest = found.kind === 'file' ? digestOf(found, file) : undefined;
        if (digest !== undefined && !isRacy(found.ctime, now)) digests.write(digest, at * digestBytes, 'hex');
        if (!there || !isSame(found, there, digest)) same = false;
      }
      index.add(encodeRun(run), digests, new Uint8Array(count).fill(state.same));
    }
    if (!entry.done) same = false;
    index.publish(same ? version : { version: version.version, digest: '' });
  } catch (error) {
    index.discard();
    throw error;
  } finally {
    await wanted.return?.();
  }
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
