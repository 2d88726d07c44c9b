import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reserved } from '../manifest/path.ts';

const top = (folder: string): string => join(folder, reserved, 'staging');

/** A new folder below `.forebay/`, on the same file system, where files wait until all of them are proved. */
export function stagingFolder(folder: string, name: string): string {
  const path = join(top(folder), name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Also what an attempt that was killed left behind. */
export function removeStaging(folder: string): void {
  rmSync(top(folder), { recursive: true, force: true });
}
