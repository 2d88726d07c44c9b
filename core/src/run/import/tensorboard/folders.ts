import { join } from 'node:path';
import type { Problems } from '../problems.ts';
import { filesBelow } from '../walk.ts';

const eventFile = /(^|\/)[^/]*\.tfevents\.[^/]*$/;

/** Folders below (and including) one that hold event files, by their path from there; with the files' full paths. */
export function eventFolders(top: string, problems: Problems): Map<string, string[]> {
  const folders = new Map<string, string[]>();
  for (const path of filesBelow(top, problems)) {
    if (!eventFile.test(path)) continue;
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    folders.set(folder, [...(folders.get(folder) ?? []), join(top, path)]);
  }
  return folders;
}
