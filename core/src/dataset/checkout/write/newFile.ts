import { closeSync, constants, fchmodSync, futimesSync, openSync, rmSync, writeSync } from 'node:fs';
import type { FileMode } from './writerTask.ts';

const { O_CREAT, O_EXCL, O_WRONLY } = constants;
/** Undefined on Windows, where O_EXCL alone refuses whatever stands there. */
const noFollow = constants.O_NOFOLLOW ?? 0;

/** Makes a file that was not there, and nothing through a link; one that could not be finished is removed. Throws errno errors. */
export function writeNewFile(path: string, content: Uint8Array, mtime: number, mode: FileMode): void {
  const file = openNewFile(path, mode);
  try {
    appendTo(file, content);
    finishFile(file, mtime, mode);
  } catch (error) {
    closeSync(file);
    rmSync(path, { force: true });
    throw error;
  }
  closeSync(file);
}

export function openNewFile(path: string, mode: FileMode): number {
  return openSync(path, O_CREAT | O_EXCL | O_WRONLY | noFollow, mode.exact ? 0o600 : mode.bits);
}

export function appendTo(file: number, content: Uint8Array): void {
  for (let written = 0; written < content.length; ) {
    written += writeSync(file, content, written, content.length - written);
  }
}

export function finishFile(file: number, mtime: number, mode: FileMode): void {
  if (mode.exact) fchmodSync(file, mode.bits);
  const time = toFileTime(mtime);
  futimesSync(file, time, time);
}

/** Half a microsecond more keeps the millisecond through the float of seconds that Node takes; negative ones need a Date. */
function toFileTime(mtime: number): number | Date {
  return mtime < 0 ? new Date(mtime) : (mtime + 0.0005) / 1000;
}
