import type { Failure } from './writerTask.ts';

/** A failure of the file system as data; what has no errno is a mistake of ours and goes on up. */
export function systemFailure(index: number, thrown: unknown): Failure {
  const { code, message } = thrown as NodeJS.ErrnoException;
  if (code === undefined) throw thrown;
  return { index, code, message };
}

/** After these every following file would fail alike. */
export function isHopeless(code: string): boolean {
  return ['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EACCES', 'EPERM', 'EMFILE', 'ENFILE'].includes(code);
}
