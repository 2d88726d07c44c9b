import { constants, lstatSync, type Stats } from 'node:fs';
import type { Listed } from './list.ts';
import { columns, flagsOf, pathIn, type Run } from './run.ts';
import { specialFile, unreadable } from './unfit.ts';

/** Looks at what was listed. Throws `file-unreadable`, also for what can't be part of a version, and `file-changed`. */
export function statRun(top: string, { folder, names }: Listed): Run {
  const flags = new Uint8Array(names.length);
  const stats = new Float64Array(names.length * columns);
  for (const [at, name] of names.entries()) {
    const path = pathIn(folder, name);
    const found = statOf(top, path);
    const kind = flagsOfStats(found);
    if (kind === undefined) throw specialFile(path, found);
    flags[at] = kind;
    stats[at * columns] = kind <= isFile ? found.size : 0;
    stats[at * columns + 1] = found.mtimeMs;
    stats[at * columns + 2] = found.ctimeMs;
    stats[at * columns + 3] = found.ino;
  }
  return { folder, names, flags, stats };
}

const isFile = flagsOf('file', true);

/** Undefined for what can't be part of a version. */
export function flagsOfStats({ mode }: Stats): number | undefined {
  switch (mode & constants.S_IFMT) {
    case constants.S_IFREG:
      return flagsOf('file', (mode & 0o100) !== 0);
    case constants.S_IFDIR:
      return flagsOf('folder', false);
    case constants.S_IFLNK:
      return flagsOf('link', false);
    default:
      return undefined;
  }
}

function statOf(folder: string, path: string): Stats {
  try {
    return lstatSync(`${folder}/${path}`);
  } catch (error) {
    throw unreadable(path, error);
  }
}
