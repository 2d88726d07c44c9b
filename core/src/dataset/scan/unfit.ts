import type { Stats } from 'node:fs';
import { ForebayError } from '../../api/errors.ts';

/** Sentences about what can't be part of a version. */
export function folderUnknown(folder: string): ForebayError {
  return new ForebayError('folder-unknown', `There is no folder ${folder}.`);
}

export function specialFile(path: string, stats: Stats): ForebayError {
  return new ForebayError(
    'file-unreadable',
    `${JSON.stringify(path)} is a ${specialKind(stats)}, which can't be part of a version.`,
    'Move it out of the folder, then sync again.',
  );
}

export function linkLeavesFolder(path: string, target: string): ForebayError {
  return new ForebayError(
    'link-leaves',
    `The link ${JSON.stringify(path)} leads out of the folder, to ${JSON.stringify(target)}.`,
    'A version holds only what is inside its folder: replace the link by a copy, or by a relative link inside.',
  );
}

export function targetNotUtf8(path: string, target: Buffer): ForebayError {
  return new ForebayError(
    'name-not-utf8',
    `The link ${JSON.stringify(path)} leads to a name that isn't UTF-8: ${printable(target)}.`,
    'Make the link anew with a name in UTF-8.',
  );
}

export function notUtf8(path: string, name: Buffer): ForebayError {
  const where = path === '' ? '' : ` in ${JSON.stringify(path)}`;
  return new ForebayError(
    'name-not-utf8',
    `The file name ${printable(name)}${where} isn't UTF-8.`,
    'Rename it (convmv does so for many), then sync again.',
  );
}

export function unreadable(path: string, error: unknown): ForebayError {
  if (error instanceof ForebayError) return error;
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') {
    return new ForebayError(
      'file-changed',
      `${JSON.stringify(path)} disappeared while the folder was being read.`,
      'Sync again once nothing writes to the folder.',
    );
  }
  const why = code === 'EACCES' || code === 'EPERM' ? 'you may not read it' : (code ?? String(error));
  return new ForebayError(
    'file-unreadable',
    `${JSON.stringify(path)} can't be read: ${why}.`,
    'Change its permissions or move it out of the folder, then sync again.',
  );
}

function specialKind(stats: Stats): string {
  if (stats.isSocket()) return 'socket';
  if (stats.isFIFO()) return 'named pipe';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'device' : 'special file';
}

/** What isn't ASCII as \xHH, so that the name can be found. */
function printable(name: Buffer): string {
  const text = [...name].map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `'${text.join('')}'`;
}
