import { chmod, link, lstat, mkdir, open, rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { ForebayError } from '../api/errors.ts';
import { randomName } from '../dataset/names.ts';
import { errnoOf } from './errno.ts';

/** Tries in a folder of its own whether the file system has what a cache relies on. Throws `cache-unfit` or errno errors. */
export async function probePosix(internal: string): Promise<void> {
  const folder = join(internal, `probe-${randomName()}`);
  await mkdir(folder);
  try {
    await probeIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function probeIn(folder: string): Promise<void> {
  const file = join(folder, 'file');
  await (await open(file, 'wx')).close();
  const again = await open(file, 'wx').then(
    (second) => second.close().then(() => 'made'),
    (error) => errnoOf(error),
  );
  if (again !== 'EEXIST') throw lacking("can't make a file only if it doesn't exist");
  await attempt("doesn't have hard links", () => link(file, join(folder, 'hard')));
  const { ino, nlink } = await lstat(join(folder, 'hard'));
  if (nlink !== 2 || ino !== (await lstat(file)).ino) throw lacking("doesn't have hard links");
  await attempt("doesn't have symbolic links", () => symlink('file', join(folder, 'soft')));
  await mkdir(join(folder, 'from', 'inside'), { recursive: true });
  await mkdir(join(folder, 'parent'));
  await attempt("can't move a folder", () => rename(join(folder, 'from'), join(folder, 'parent', 'to')));
  if (process.platform === 'win32') return;
  await chmod(file, 0o555);
  const first = (await lstat(file)).mode & 0o777;
  await chmod(file, 0o444);
  const second = (await lstat(file)).mode & 0o777;
  if (first !== 0o555 || second !== 0o444) throw lacking("doesn't keep permissions");
}

async function attempt(what: string, operation: () => Promise<unknown>): Promise<void> {
  try {
    await operation();
  } catch (error) {
    if (['ENOSPC', 'EDQUOT'].includes(errnoOf(error))) throw error;
    throw lacking(what);
  }
}

function lacking(what: string): ForebayError {
  return new ForebayError(
    'cache-unfit',
    `The file system of this folder ${what}, so it can't hold a cache.`,
    'Name a folder on a local disk, NFS or another POSIX file system.',
  );
}
