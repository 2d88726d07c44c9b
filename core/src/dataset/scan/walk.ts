import { isUtf8 } from 'node:buffer';
import { constants, type Dirent, lstatSync, readdirSync, type Stats } from 'node:fs';
import { comparePaths } from '../entry.ts';
import { reserved } from '../manifest/path.ts';
import type { Control } from '../progress.ts';
import { Ignored, ignoreFile } from './ignored.ts';
import { pauser } from './pause.ts';
import { flagsOf, pathIn, type Run, runMost } from './run.ts';
import { folderUnknown, notUtf8, specialFile, unreadable } from './unfit.ts';

/** What is known before a folder is left: entries that wait to be given as a run. */
interface Frame {
  path: string;
  children: Child[];
  next: number;
  open: OpenRun;
  ignored: Ignored | undefined;
}

interface Child {
  name: string;
  isFolder: boolean;
}

/**
 * What is in `folder`, run by run in path order, in memory that doesn't grow with the folder; `.forebay` at its top
 * and what a `.forebayignore` names are left out. Throws `folder-unknown`, `name-not-utf8`, and `file-unreadable` for what can't be part of a version.
 */
export async function* walkFolder(folder: string, control: Control): AsyncGenerator<Run> {
  const counted = { files: 0, bytes: 0 };
  const pause = pauser(control.signal, () =>
    control.report({ phase: 'scanning', ...counted, filesTotal: null, bytesTotal: null }),
  );
  const stack: Frame[] = [frameOf(folder, '', undefined)];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const child = frame.children[frame.next++];
    if (child === undefined) {
      stack.pop();
      if (frame.open.length > 0) yield frame.open.close();
      continue;
    }
    const path = pathIn(frame.path, child.name);
    if (child.isFolder) {
      const below = frameOf(folder, path, frame.ignored);
      if (below.children.length > 0) {
        if (frame.open.length > 0) yield frame.open.close();
        stack.push(below);
        continue;
      }
    }
    counted.bytes += frame.open.add(child.name, statOf(folder, path), path);
    counted.files++;
    if (frame.open.length === runMost) yield frame.open.close();
    const rest = pause();
    if (rest) await rest;
  }
}

/** Gathers one run. */
class OpenRun {
  readonly #folder: string;
  #names: string[] = [];
  #flags: number[] = [];
  #stats: number[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  get length(): number {
    return this.#names.length;
  }

  /** Gives the size, bytes. */
  add(name: string, stats: Stats, path: string): number {
    const flags = flagsOfStats(stats);
    if (flags === undefined) throw specialFile(path, stats);
    const size = flags <= isFile ? stats.size : 0;
    this.#names.push(name);
    this.#flags.push(flags);
    this.#stats.push(size, stats.mtimeMs, stats.ctimeMs, stats.ino);
    return size;
  }

  close(): Run {
    const run = {
      folder: this.#folder,
      names: this.#names,
      flags: Uint8Array.from(this.#flags),
      stats: Float64Array.from(this.#stats),
    };
    [this.#names, this.#flags, this.#stats] = [[], [], []];
    return run;
  }
}

const isFile = flagsOf('file', true);

/** Undefined for what can't be part of a version. */
export function flagsOfStats({ mode }: Stats): number | undefined {
  switch (mode & constants.S_IFMT) {
    case constants.S_IFREG:
      return flagsOf('file', (mode & 0o100) !== 0);
    case constants.S_IFDIR:
      return flagsOf('folder', false);
    case constants.S_IFLNK:
      return flagsOf('link', false);
    default:
      return undefined;
  }
}

function statOf(folder: string, path: string): Stats {
  try {
    return lstatSync(`${folder}/${path}`);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function frameOf(folder: string, path: string, above: Ignored | undefined): Frame {
  return { path, ...readFolder(folder, path, above), next: 0, open: new OpenRun(path) };
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
      entry.isDirectory() || (isOfNoKind(entry) && statOf(folder, pathIn(path, entry.name)).isDirectory());
    all.push({ name: entry.name, isFolder });
  }
  const own = all.some(({ name, isFolder }) => name === ignoreFile && !isFolder);
  const ignored = own ? Ignored.read(folder, path, above) : above;
  if (ignored === undefined) return { children: all, ignored };
  return {
    children: all.filter(({ name, isFolder }) => !ignored.has(pathIn(path, name), isFolder)),
    ignored,
  };
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
