import { isUtf8 } from 'node:buffer';
import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { comparePaths } from '../entry.ts';
import { reserved } from '../manifest/path.ts';
import { Ignored, ignoreFile, isLeftOut } from './ignored.ts';
import { pathIn, runMost } from './run.ts';
import { folderUnknown, notUtf8, unreadable } from './unfit.ts';

/** Names that follow each other in path order and have one parent, `folder`; at most `runMost`. */
export interface Listed {
  folder: string;
  names: string[];
}

interface Frame {
  path: string;
  children: Child[];
  next: number;
  /** Names that wait to be given. */
  open: string[];
  ignored: Ignored | undefined;
}

interface Child {
  name: string;
  isFolder: boolean;
}

/** The names of what is in a folder, in path order; see `walkFolder`. */
export function* listFolder(folder: string): Generator<Listed> {
  const stack: Frame[] = [frameOf(folder, '', undefined)];
  const close = (frame: Frame): Listed => {
    const names = frame.open;
    frame.open = [];
    return { folder: frame.path, names };
  };
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = frame.children[frame.next++];
    if (child === undefined) {
      stack.pop();
      if (frame.open.length > 0) yield close(frame);
      continue;
    }
    if (child.isFolder) {
      const below = frameOf(folder, pathIn(frame.path, child.name), frame.ignored);
      if (below.children.length > 0) {
        if (frame.open.length > 0) yield close(frame);
        stack.push(below);
        continue;
      }
    }
    frame.open.push(child.name);
    if (frame.open.length === runMost) yield close(frame);
  }
}

function frameOf(folder: string, path: string, above: Ignored | undefined): Frame {
  return { path, ...readFolder(folder, path, above), next: 0, open: [] };
}

/** Children in the order of the paths below them. */
function readFolder(
  folder: string,
  path: string,
  above: Ignored | undefined,
): Pick<Frame, 'children' | 'ignored'> {
  const { children, ignored } = readChildren(folder, path, above);
  const isEmpty = (child: Child) =>
    readChildren(folder, pathIn(path, child.name), ignored).children.length === 0;
  return { children: sortChildren(children, isEmpty), ignored };
}

/** In no order; without what is ignored. */
function readChildren(
  folder: string,
  path: string,
  above: Ignored | undefined,
): Pick<Frame, 'children' | 'ignored'> {
  const all: Child[] = [];
  for (const entry of readEntries(folder, path)) {
    if (path === '' && entry.name === reserved) continue;
    // Some network file systems don't tell the kind of an entry with its name.
    const isFolder =
      entry.isDirectory() || (isOfNoKind(entry) && isDirectory(folder, pathIn(path, entry.name)));
    all.push({ name: entry.name, isFolder });
  }
  const own = all.some(({ name, isFolder }) => name === ignoreFile && !isFolder);
  const ignored = own ? Ignored.read(folder, path, above) : above;
  const children = all.filter(
    ({ name, isFolder }) => !isLeftOut(ignored, pathIn(path, name), name, isFolder),
  );
  return { children, ignored };
}

/** A folder stands where the paths below it do, `name/...`; an empty one is an entry of its own, `name`. */
function sortChildren(children: Child[], isEmpty: (child: Child) => boolean): Child[] {
  const keyed = children.map((child) => ({ child, key: child.isFolder ? `${child.name}/` : child.name }));
  keyed.sort((a, b) => comparePaths(a.key, b.key));
  let moved = false;
  for (const [at, { child }] of keyed.entries()) {
    // Only then something stands between `name` and `name/`.
    if (!child.isFolder || !keyed[at - 1]?.child.name.startsWith(child.name) || !isEmpty(child)) continue;
    keyed[at] = { child, key: child.name };
    moved = true;
  }
  if (moved) keyed.sort((a, b) => comparePaths(a.key, b.key));
  return keyed.map(({ child }) => child);
}

function readEntries(folder: string, path: string): Dirent[] {
  const at = path === '' ? folder : `${folder}/${path}`;
  try {
    const entries = readdirSync(at, { withFileTypes: true });
    // What isn't UTF-8 is read as replacement characters, which names may also hold.
    if (entries.some(({ name }) => name.includes('\ufffd'))) {
      const names = readdirSync(at, { encoding: 'buffer' });
      const odd = names.find((name) => !isUtf8(name));
      if (odd) throw notUtf8(path, odd);
    }
    return entries;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (path === '' && (code === 'ENOENT' || code === 'ENOTDIR')) throw folderUnknown(folder);
    throw unreadable(path || folder, error);
  }
}

function isOfNoKind(entry: Dirent): boolean {
  return !entry.isFile() && !entry.isSymbolicLink() && !entry.isSocket() && !entry.isFIFO();
}

function isDirectory(folder: string, path: string): boolean {
  try {
    return lstatSync(`${folder}/${path}`).isDirectory();
  } catch (error) {
    throw unreadable(path, error);
  }
}
