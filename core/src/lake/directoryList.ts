import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errnoOf } from './directoryErrors.ts';
import type { ObjectInfo } from './object.ts';

/** All files under `root` whose key starts with `prefix`, in key order, one folder in memory at a time. */
export async function* listDirectory(root: string, prefix: string): AsyncGenerator<ObjectInfo> {
  const top = dirname(`${prefix}x`);
  yield* walk(root, top === '.' ? '' : `${top}/`, prefix);
}

async function* walk(root: string, folder: string, prefix: string): AsyncGenerator<ObjectInfo> {
  const names = (await children(join(root, folder)))
    .filter((child) => !child.name.startsWith('.'))
    .map((child) => `${folder}${child.name}${child.isDirectory() ? '/' : ''}`)
    .filter((key) => key.startsWith(prefix) || prefix.startsWith(key))
    .sort();
  for (const key of names) {
    if (key.endsWith('/')) yield* walk(root, key, prefix);
    else {
      const found = key.startsWith(prefix) ? await statOf(join(root, key)) : undefined;
      if (found) yield { key, size: found.size, modified: found.mtimeMs };
    }
  }
}

async function children(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return [];
    throw thrown;
  }
}

async function statOf(path: string): Promise<Stats | undefined> {
  try {
    return await stat(path);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}
