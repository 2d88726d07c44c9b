import { ForebayError } from '../api/errors.ts';

export function errnoOf(thrown: unknown): string {
  return (thrown as NodeJS.ErrnoException | undefined)?.code ?? '';
}

const full = new Set(['ENOSPC', 'EDQUOT']);
const denied = new Set(['EACCES', 'EPERM', 'EROFS']);

/** What the operating system said about the folder `root`, in words of the house. */
export function directoryError(root: string, thrown: unknown): ForebayError {
  if (thrown instanceof ForebayError) return thrown;
  const cause = { cause: thrown };
  const code = errnoOf(thrown);
  if (full.has(code)) {
    return new ForebayError(
      'no-space',
      `The disk of the lake ${root} is full${code === 'EDQUOT' ? ' (quota exceeded)' : ''}.`,
      'Free some space there, or move the lake to a larger disk. Nothing incomplete became visible.',
      cause,
    );
  }
  if (denied.has(code)) {
    const reason = code === 'EROFS' ? 'it is mounted read-only' : 'permission denied';
    return new ForebayError(
      'lake-denied',
      `The lake ${root} refuses access: ${reason}.`,
      `Check the owner and permissions of ${root}.`,
      cause,
    );
  }
  if (code === 'ENOTDIR') {
    return new ForebayError(
      'lake-missing',
      `${root} cannot be a lake: it is not a folder.`,
      undefined,
      cause,
    );
  }
  return new ForebayError(
    'lake-unreachable',
    `The lake ${root} cannot be read or written (${code || String(thrown)}).`,
    'Is its disk or network share mounted and healthy?',
    cause,
  );
}

export function directoryMissing(root: string): ForebayError {
  return new ForebayError(
    'lake-missing',
    `There is no folder ${root}, where the lake should be.`,
    `Mount its disk if it lies on one. To make a new lake there: forebay up --lake ${root}`,
  );
}
