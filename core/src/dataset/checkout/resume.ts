import { existsSync, lstatSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { FileEntry } from '../entry.ts';
import type { Transfer } from './transfer.ts';

/** Which ranges of packs were read, hashed and written to the end by an attempt that was cut off. */
export interface Journal {
  /** Whether there was an earlier attempt, whose files lie in the folder. */
  readonly resumed: boolean;
  add(range: { pack: string; offset: number; length: number }): void;
  has(range: { pack: string; offset: number; length: number }): boolean;
}

/**
 * Counts what an earlier attempt finished and removes what it began, but for files of which it wrote whole parts; gives
 * back what is still to be written. A file got its time of change last, so one that has it is whole.
 */
export function dropUnfinished(
  files: FileEntry[],
  folder: string,
  transfer: Transfer,
  journal: Journal,
): FileEntry[] {
  return files.filter((file) => {
    const path = join(folder, file.path);
    const stat = lstatSync(path, { throwIfNoEntry: false });
    if (stat === undefined) return true;
    const written = file.parts.findIndex((part) => !('pack' in part && journal.has(part)));
    const whole = stat.isFile() && stat.size === file.size && isFinished(file, folder, transfer);
    if (written < 0 && whole) {
      transfer.tookOver(file.size);
      transfer.done(file);
      return false;
    }
    const parts = written < 0 ? file.parts.length : written;
    if (file.parts.length > 1 && parts > 0 && stat.isFile() && (stat.mode & 0o600) === 0o600) {
      transfer.begun.set(file.path, parts);
    } else unlinkSync(path);
    return true;
  });
}

const checkedAtOnce = 256;

/**
 * Imported objects that an earlier attempt wrote and whose hashes it left in the lake: counts those whose bytes are
 * right and gives back all others. The journal says nothing of them, so every byte is read.
 */
export async function withoutProved(
  files: FileEntry[],
  folder: string,
  transfer: Transfer,
): Promise<FileEntry[]> {
  const candidates = files.filter(
    ({ path, sha256, parts }) =>
      sha256 !== null && parts.some((part) => 'external' in part) && existsSync(join(folder, path)),
  );
  const proved = new Set<FileEntry>();
  for (let at = 0; at < candidates.length; at += checkedAtOnce) {
    const some = candidates.slice(at, at + checkedAtOnce);
    const failures = await transfer.pool.run({ kind: 'check', folder, items: some });
    const failed = new Set(failures.map(({ index }) => index));
    for (const [index, file] of some.entries())
      if (!failed.has(index) && isFinished(file, folder, transfer)) proved.add(file);
  }
  for (const file of proved) {
    transfer.tookOver(file.size);
    transfer.done(file);
  }
  return proved.size === 0 ? files : files.filter((file) => !proved.has(file));
}

function isFinished(file: FileEntry, folder: string, transfer: Transfer): boolean {
  const stat = lstatSync(join(folder, file.path));
  return Math.floor(stat.mtimeMs) === file.mtime && (stat.mode & 0o7777) === transfer.modeOf(file).bits;
}
