import { lstatSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { TestTree } from './testVersion.ts';

/** For tests: a folder as it stands on disk, in the words a version is made of; `skip` leaves names out. */
export function readTree(folder: string, skip: string[] = []): TestTree {
  const tree: TestTree = {};
  const walk = (at: string): void => {
    const names = readdirSync(join(folder, at)).filter((name) => !skip.includes(name));
    if (names.length === 0 && at !== '') tree[at] = 'folder';
    for (const name of names) {
      const path = at === '' ? name : `${at}/${name}`;
      const stat = lstatSync(join(folder, path));
      if (stat.isDirectory()) walk(path);
      else if (stat.isSymbolicLink()) tree[path] = { target: readlinkSync(join(folder, path)) };
      else {
        tree[path] = {
          content: readFileSync(join(folder, path)).toString('latin1'),
          executable: (stat.mode & 0o100) !== 0,
          mtime: Math.floor(stat.mtimeMs),
        };
      }
    }
  };
  walk('');
  return tree;
}
