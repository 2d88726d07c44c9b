import { isUtf8 } from 'node:buffer';
import { lstatSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Control } from '../progress.ts';
import { linkLeaves } from './links.ts';
import { isExecutable, kindOf } from './run.ts';
import { flagsOfStats } from './stat.ts';
import { type Found, foundAt, Tree } from './tree.ts';
import { linkLeavesFolder, specialFile, targetNotUtf8, unreadable } from './unfit.ts';
import { walkFolder } from './walk.ts';

/**
 * As `walkFolder`, all at once, for those who look things up; memory grows with the folder.
 * Throws what it throws, and `link-leaves`.
 */
export async function scanFolder(folder: string, control: Control): Promise<Tree> {
  const tree = new Tree();
  for await (const run of walkFolder(folder, control)) {
    for (let at = 0; at < run.names.length; at++)
      tree.add(foundAt(run, at, (path) => readTarget(folder, path)));
  }
  checkLinks(tree.links());
  return tree;
}

/** Throws `link-leaves` for the first that leads out of the folder, the folder's own links followed too. */
export function checkLinks(links: ReadonlyMap<string, string>): void {
  for (const [path, target] of links) {
    if (linkLeaves(path, target, links)) throw linkLeavesFolder(path, target);
  }
}

/** Stats of one path. Throws `file-unreadable`, `file-changed`, `name-not-utf8`. */
export function lookAt(folder: string, path: string): Found {
  let stats: ReturnType<typeof lstatSync>;
  try {
    stats = lstatSync(join(folder, path));
  } catch (error) {
    throw unreadable(path, error);
  }
  const flags = flagsOfStats(stats);
  if (flags === undefined) throw specialFile(path, stats);
  const kind = kindOf(flags);
  return {
    path,
    kind,
    size: kind === 'file' ? stats.size : 0,
    executable: isExecutable(flags),
    mtime: stats.mtimeMs,
    ctime: stats.ctimeMs,
    inode: stats.ino,
    target: kind === 'link' ? readTarget(folder, path) : '',
  };
}

/** Throws `name-not-utf8`, `file-unreadable`, `file-changed`. */
export function readTarget(folder: string, path: string): string {
  let target: Buffer;
  try {
    target = readlinkSync(join(folder, path), 'buffer');
  } catch (error) {
    throw unreadable(path, error);
  }
  if (isUtf8(target)) return target.toString();
  throw targetNotUtf8(path, target);
}
