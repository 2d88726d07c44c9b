import { createHash, type Hash } from 'node:crypto';
import { closeSync } from 'node:fs';
import { join } from 'node:path';
import { ForebayError, isForebayError } from '../../../api/errors.ts';
import type { FileEntry, Part } from '../../entry.ts';
import { keyOf } from '../../names.ts';
import type { Transfer } from '../transfer.ts';
import { keepFirstParts, openBegunFile } from '../write/begunFile.ts';
import { damagedFile } from '../write/damage.ts';
import { appendTo, finishFile, openNewFile } from '../write/newFile.ts';
import { filePieces } from './filePieces.ts';

/**
 * A file of several parts, or too large for one read: hashed and written as its pieces come, behind what an attempt
 * that was cut off has written. Once more if it is wrong, from the first part on that can't be proved right.
 */
export async function fetchStreamed(entry: FileEntry, transfer: Transfer): Promise<void> {
  const begun = transfer.begun.get(entry.path);
  const standing = begun === undefined ? undefined : entry.parts.slice(0, begun);
  try {
    let problem = await tryOnce(entry, standing, transfer, transfer.tookOver);
    if (problem !== undefined)
      problem = await tryOnce(entry, provable(entry.parts), transfer, () => undefined);
    if (problem === undefined) transfer.done(entry);
    else transfer.damaged(entry, damagedFile(entry.path, sourcesOf(entry, transfer), problem.message));
  } catch (error) {
    if (!isForebayError(error, 'object-changed')) throw error;
    transfer.changed([entry]);
  }
}

/** `standing`: parts that the file on the disk should begin with; undefined where there is no file yet. */
async function tryOnce(
  entry: FileEntry,
  standing: Part[] | undefined,
  transfer: Transfer,
  keeping: (bytes: number) => void,
): Promise<ForebayError | undefined> {
  const { lake, datasetId, folder, signal } = transfer;
  const mode = transfer.modeOf(entry);
  const guarded = <T>(action: () => T): T => guard(entry, transfer, action);
  let size = 0;
  const count = (bytes: number): void => {
    size += bytes;
    transfer.coming(bytes);
  };
  const path = folder === null ? undefined : join(folder, entry.path);
  const open = (at: string) => (standing === undefined ? openNewFile(at, mode) : openBegunFile(at));
  const file = path === undefined ? undefined : guarded(() => open(path));
  try {
    let whole: Hash = createHash('sha256');
    let parts = entry.parts;
    if (file !== undefined && standing !== undefined) {
      const kept = await keepFirstParts(file, standing, (bytes) => {
        if (signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
        count(bytes);
        keeping(bytes);
      });
      whole = kept.whole;
      parts = parts.slice(kept.count);
    }
    const arrived = inParts(parts, (part) => 'pack' in part && transfer.finished(part));
    for await (const piece of filePieces(lake, datasetId, parts, signal)) {
      if (signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
      whole.update(piece);
      count(piece.length);
      if (file !== undefined) guarded(() => appendTo(file, piece));
      arrived(piece.length);
    }
    if (size !== entry.size) {
      return new ForebayError('damaged', `it has ${size} bytes where ${entry.size} belong`);
    }
    const hex = whole.digest('hex');
    if (entry.sha256 !== null && hex !== entry.sha256) {
      return new ForebayError('damaged', 'its bytes are not those that were synced (SHA-256 differs)');
    }
    transfer.learn(entry, hex);
    if (file !== undefined) guarded(() => finishFile(file, entry.mtime, mode));
    return undefined;
  } catch (error) {
    if (isForebayError(error, 'damaged')) return error;
    throw error;
  } finally {
    transfer.coming(-size);
    if (file !== undefined) closeSync(file);
  }
}

/** Tells when each of `parts` has arrived, from the bytes that come. */
function inParts(parts: Part[], whole: (part: Part) => void): (bytes: number) => void {
  let next = 0;
  let arrived = 0;
  let end = 0;
  return (bytes) => {
    arrived += bytes;
    for (let part = parts[next]; part !== undefined; part = parts[++next]) {
      const size = 'external' in part ? part.external.size : part.size;
      if (end + size > arrived) return;
      end += size;
      whole(part);
    }
  };
}

/** First parts that can be told right or wrong by themselves. */
function provable(parts: Part[]): Part[] {
  const first = parts.findIndex((part) => 'external' in part || part.sha256 === undefined);
  return first < 0 ? parts : parts.slice(0, first);
}

function guard<T>(entry: FileEntry, transfer: Transfer, action: () => T): T {
  try {
    return action();
  } catch (error) {
    return transfer.refused(error, entry.path);
  }
}

function sourcesOf(entry: FileEntry, { datasetId }: Transfer): string {
  const keys = entry.parts.map((part) =>
    'pack' in part ? keyOf.pack(datasetId, part.pack) : part.external.url,
  );
  return [...new Set(keys)].join(', ');
}
