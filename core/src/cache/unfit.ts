import { ForebayError } from '../api/errors.ts';
import { errnoOf } from './errno.ts';

/** Why a folder can't be a cache, from what its file system answered. */
export function unfit(path: string, thrown: unknown): ForebayError {
  if (thrown instanceof ForebayError) return thrown;
  const cause = { cause: thrown };
  switch (errnoOf(thrown)) {
    case 'ENOENT':
      return new ForebayError(
        'cache-unfit',
        `The cache folder ${path} doesn't exist.`,
        'Make it, mount its file system, or name another.',
        cause,
      );
    case 'ENOTDIR':
      return new ForebayError(
        'cache-unfit',
        `${path} is not a folder, so it can't be a cache.`,
        'Name a folder.',
        cause,
      );
    case 'EACCES':
    case 'EPERM':
      return new ForebayError(
        'cache-unfit',
        `The cache folder ${path} can't be written by you.`,
        'Change its permissions, or name another folder.',
        cause,
      );
    case 'EROFS':
      return new ForebayError(
        'cache-unfit',
        `The file system of the cache folder ${path} is mounted read-only.`,
        'Mount it for writing, or name a folder on another file system.',
        cause,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new ForebayError(
        'no-space',
        `The disk of the cache folder ${path} is full.`,
        'Delete what is no longer needed there, or name a folder on a larger disk.',
        cause,
      );
    default:
      return new ForebayError(
        'cache-unfit',
        `The cache folder ${path} can't be used: ${(thrown as Error).message}.`,
        'Name a folder on another file system.',
        cause,
      );
  }
}
