import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { systemFailure } from './failure.ts';
import type { CheckTask, Failure } from './writerTask.ts';

const buffer = new Uint8Array(1024 * 1024);

/** Reads every byte; a file that is missing, of another kind, size, mode or content is a failure. */
export function checkFiles({ folder, items }: CheckTask): Failure[] {
  const failures: Failure[] = [];
  for (const [index, item] of items.entries()) {
    try {
      const problem = problemOf(join(folder, item.path), item);
      if (problem) failures.push({ index, code: 'damaged', message: problem });
    } catch (error) {
      failures.push(systemFailure(index, error));
    }
  }
  return failures;
}

function problemOf(path: string, item: CheckTask['items'][number]): string | undefined {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return 'is not a file';
    if (stat.size !== item.size) return `has ${stat.size} bytes where ${item.size} belong`;
    if (process.platform !== 'win32' && ((stat.mode & 0o100) !== 0) !== item.executable) {
      return item.executable ? 'is not executable' : 'is executable and should not be';
    }
    const digest = createHash('sha256');
    for (let read = readSync(file, buffer); read > 0; read = readSync(file, buffer)) {
      digest.update(buffer.subarray(0, read));
    }
    if (item.sha256 !== null && digest.digest('hex') !== item.sha256)
      return 'has other bytes than were synced';
    return undefined;
  } finally {
    closeSync(file);
  }
}
