import { createHash } from 'node:crypto';
import { closeSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ForebayError, isForebayError } from '../../../api/errors.ts';
import type { FileEntry } from '../../entry.ts';
import { keyOf } from '../../names.ts';
import type { Transfer } from '../transfer.ts';
import { damagedFile } from '../write/damage.ts';
import { appendTo, finishFile, openNewFile } from '../write/newFile.ts';
import { filePieces } from './filePieces.ts';

/** A file of several parts, or too large for one read: hashed and written as its pieces come; once more if wrong. */
export async function fetchStreamed(entry: FileEntry, transfer: Transfer): Promise<void> {
  let problem: ForebayError | undefined;
  for (let attempt = 0; attempt < 2; attempt++) {
    problem = await tryOnce(entry, transfer);
    if (problem !== undefined) continue;
    for (const part of entry.parts) if ('pack' in part) transfer.finished(part);
    transfer.done(entry);
    return;
  }
  if (problem) transfer.damaged(entry, damagedFile(entry.path, sourcesOf(entry, transfer), problem.message));
}

async function tryOnce(entry: FileEntry, transfer: Transfer): Promise<ForebayError | undefined> {
  const { folder } = transfer;
  const path = folder === null ? undefined : join(folder, entry.path);
  const mode = transfer.modeOf(entry);
  const file = path === undefined ? undefined : guard(entry, transfer, () => openNewFile(path, mode));
  let whole = false;
  let size = 0;
  try {
    const digest = createHash('sha256');
    for await (const piece of filePieces(transfer.lake, transfer.datasetId, entry, transfer.signal)) {
      if (transfer.signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
      digest.update(piece);
      size += piece.length;
      transfer.coming(piece.length);
      if (file !== undefined) guard(entry, transfer, () => appendTo(file, piece));
    }
    if (size !== entry.size) {
      return new ForebayError('damaged', `it has ${size} bytes where ${entry.size} belong`);
    }
    if (entry.sha256 !== null && digest.digest('hex') !== entry.sha256) {
      return new ForebayError('damaged', 'its bytes are not those that were synced (SHA-256 differs)');
    }
    if (file !== undefined) guard(entry, transfer, () => finishFile(file, entry.mtime, mode));
    whole = true;
    return undefined;
  } catch (error) {
    if (isForebayError(error, 'damaged')) return error;
    throw error;
  } finally {
    transfer.coming(-size);
    if (file !== undefined) closeSync(file);
    if (path !== undefined && !whole) rmSync(path, { force: true });
  }
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
