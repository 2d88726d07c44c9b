import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { comparePaths } from '../entry.ts';
import { reserved } from '../manifest/path.ts';
import type { Control } from '../progress.ts';
import { pauser } from '../scan/pause.ts';
import { linkLeaves } from './links.ts';
import { type Found, Tree } from './tree.ts';

/**
 * What is in `folder`, in path order; `.forebay` at its top is left out.
 * Throws `folder-unknown`, `name-not-utf8`, `link-leaves`, and `file-unreadable` for what can't be part of a version.
 */
export async function scanFolder(folder: string, control: Control): Promise<Tree> {
  const tree = new Tree();
  let bytes = 0;
  const pause = pauser(control.signal, () =>
    control.report({ phase: 'scanning', files: tree.length, filesTotal: null, bytes, bytesTotal: null }),
  );
  const walk = async (path: string): Promise<void> => {
    const children = readFolder(folder, path);
    if (children.length === 0 && path !== '') tree.add(lookAt(folder, path));
    for (const child of children) {
      const childPath = path === '' ? child.name : `${path}/${child.name}`;
      if (child.isFolder) {
        await walk(childPath);
        continue;
      }
      const found = lookAt(folder, childPath);
      tree.add(found);
      bytes += found.size;
      await pause();
    }
    await pause();
  };
  await walk('');
  const sorted = tree.sorted();
  checkLinks(sorted);
  return sorted;
}

/** Stats of one path. Throws `file-unreadable`, `name-not-utf8`. */
export function lookAt(folder: string, path: string): Found {
  let stats: Stats;
  try {
    stats = lstatSync(join(folder, path));
  } catch (error) {
    throw unreadable(path, error);
  }
  const kind = stats.isFile()
    ? 'file'
    : stats.isDirectory()
      ? 'folder'
      : stats.isSymbolicLink()
        ? 'link'
        : undefined;
  if (!kind) {
    throw new ForebayError(
      'file-unreadable',
      `${JSON.stringify(path)} is a ${specialKind(stats)}, which can't be part of a version.`,
      'Move it out of the folder, then sync again.',
    );
  }
  return {
    path,
    kind,
    size: kind === 'file' ? stats.size : 0,
    executable: kind === 'file' && (stats.mode & 0o100) !== 0,
    mtime: stats.mtimeMs,
    ctime: stats.ctimeMs,
    inode: stats.ino,
    target: kind === 'link' ? readTarget(folder, path) : '',
  };
}

interface Child {
  name: string;
  isFolder: boolean;
}

/** Children in the order of the paths below them: a folder's are `name/...`. */
function readFolder(folder: string, path: string): Child[] {
  let entries: Dirent<Buffer>[];
  try {
    entries = readdirSync(join(folder, path), { withFileTypes: true, encoding: 'buffer' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (path === '' && (code === 'ENOENT' || code === 'ENOTDIR')) {
      throw new ForebayError('folder-unknown', `There is no folder ${folder}.`);
    }
    throw unreadable(path || folder, error);
  }
  const children: (Child & { key: string })[] = [];
  for (const entry of entries) {
    if (!isUtf8(entry.name)) throw notUtf8(path, entry.name);
    const name = entry.name.toString();
    if (path === '' && name === reserved) continue;
    // Some network file systems don't tell the kind of an entry with its name.
    const isFolder =
      entry.isDirectory() || (isOfNoKind(entry) && lstatSync(join(folder, path, name)).isDirectory());
    children.push({ name, isFolder, key: isFolder ? `${name}/` : name });
  }
  return children.sort((a, b) => comparePaths(a.key, b.key));
}

function isOfNoKind(entry: Dirent<Buffer>): boolean {
  return !entry.isFile() && !entry.isSymbolicLink() && !entry.isSocket() && !entry.isFIFO();
}

function readTarget(folder: string, path: string): string {
  const target = readlinkSync(join(folder, path), 'buffer');
  if (isUtf8(target)) return target.toString();
  throw new ForebayError(
    'name-not-utf8',
    `The link ${JSON.stringify(path)} leads to a name that isn't UTF-8: ${printable(target)}.`,
    'Make the link anew with a name in UTF-8.',
  );
}

function checkLinks(tree: Tree): void {
  const links = tree.links();
  for (const [path, target] of links) {
    if (!linkLeaves(path, target, links)) continue;
    throw new ForebayError(
      'link-leaves',
      `The link ${JSON.stringify(path)} leads out of the folder, to ${JSON.stringify(target)}.`,
      'A version holds only what is inside its folder: replace the link by a copy, or by a relative link inside.',
    );
  }
}

function notUtf8(path: string, name: Buffer): ForebayError {
  const where = path === '' ? '' : ` in ${JSON.stringify(path)}`;
  return new ForebayError(
    'name-not-utf8',
    `The file name ${printable(name)}${where} isn't UTF-8.`,
    'Rename it (convmv does so for many), then sync again.',
  );
}

/** What isn't ASCII as \xHH, so that the name can be found. */
function printable(name: Buffer): string {
  const text = [...name].map((byte) =>
    byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`,
  );
  return `'${text.join('')}'`;
}

function specialKind(stats: Stats): string {
  if (stats.isSocket()) return 'socket';
  if (stats.isFIFO()) return 'named pipe';
  return stats.isCharacterDevice() || stats.isBlockDevice() ? 'device' : 'special file';
}

function unreadable(path: string, error: unknown): ForebayError {
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
