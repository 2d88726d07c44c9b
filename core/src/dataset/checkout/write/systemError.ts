import { readdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { ForebayError } from '../../../api/errors.ts';
import { formatBytes, formatCount } from '../../../api/text/units.ts';

/** What a tree needs in all, to say it when the disk is full. */
export interface TreeSize {
  files: number;
  /** Bytes. */
  bytes: number;
}

/** What the file system refused, while writing `path` below `folder`, as a sentence. */
export function systemError(thrown: unknown, folder: string, path: string, size?: TreeSize): ForebayError {
  const { code, message } = thrown as NodeJS.ErrnoException;
  const cause = { cause: thrown };
  const what = path === '' ? folder : `'${path}' in ${folder}`;
  switch (code) {
    case 'EEXIST':
    case 'ENOTDIR':
    case 'EISDIR':
      return collision(folder, path);
    case 'ENOSPC':
    case 'EDQUOT':
      return noSpace(folder, code === 'EDQUOT', size);
    case 'ENAMETOOLONG':
    case 'EILSEQ':
    case 'EINVAL':
      return new ForebayError(
        'bad-path',
        `The file system of ${folder} can't hold the name '${path}'.`,
        'Choose a folder on another file system, or give the file a shorter name and sync again.',
        cause,
      );
    case 'ENOENT':
      return new ForebayError(
        'folder-busy',
        `${folder} was taken away while it was being written.`,
        'Try again; somebody else may have done the same work meanwhile.',
        cause,
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new ForebayError(
        'file-unreadable',
        `${what} can't be written: permission denied.`,
        'Choose a folder that you may write to.',
        cause,
      );
    default:
      return new ForebayError('internal', `${what} can't be written: ${message}.`, undefined, cause);
  }
}

function noSpace(folder: string, quota: boolean, size: TreeSize | undefined): ForebayError {
  const { bavail, bsize, files, ffree } = statfsSync(folder);
  const free = `${formatBytes(bavail * bsize)} free${files > 0 ? ` and room for ${formatCount(ffree, 'more file')}` : ''}`;
  const need = size
    ? ` The version needs ${formatBytes(size.bytes)} in ${formatCount(size.files, 'file')};`
    : '';
  return new ForebayError(
    'no-space',
    `${quota ? 'The quota' : 'The disk'} of ${folder} is used up.${need} ${need ? `there is ${free}` : `There is ${free}`}.`,
    'Delete what is no longer needed there, clear versions from the cache, or choose a larger disk.',
  );
}

function collision(folder: string, path: string): ForebayError {
  const twin = findTwin(folder, path);
  if (twin === path) {
    return new ForebayError(
      'damaged',
      `The version's list of files is damaged: '${path}' stands in it twice.`,
    );
  }
  return new ForebayError(
    'names-collide',
    twin === undefined
      ? `The file system of ${folder} can't tell '${path}' from another file of this version.`
      : `The file system of ${folder} can't tell '${path}' from '${twin}', and the version has both.`,
    'Use a case-sensitive file system that keeps names as they are, such as ext4 or XFS.',
  );
}

/** The path that already stands where `path` should go, as the folder spells it; names keep the case of the first. */
function findTwin(folder: string, path: string): string | undefined {
  const found: string[] = [];
  for (const segment of path.split('/')) {
    const names = readdirSync(join(folder, ...found));
    const twin = names.includes(segment) ? segment : names.find((name) => fold(name) === fold(segment));
    if (twin === undefined) return undefined;
    found.push(twin);
  }
  return found.join('/');
}

const fold = (name: string): string => name.normalize('NFKC').toLowerCase();
