import { openSync, unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new file, read and written by its number; it has no name, so that it goes with this process. */
export function openUnnamed(what: string, folder = tmpdir()): number {
  const path = join(folder, `forebay-${what}-${process.pid}-${Date.now()}`);
  const file = openSync(path, 'wx+', 0o600);
  unlinkSync(path);
  return file;
}
