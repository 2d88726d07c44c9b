import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import type { Entry, FileEntry } from '../entry.ts';
import type { Learned } from '../learned/learned.ts';
import type { Leaves } from '../manifest/read.ts';
import type { Control } from '../progress.ts';
import { fetchAll } from './read/fetchAll.ts';
import { SharedBuffers } from './read/sharedBuffers.ts';
import { windowsOf } from './read/windows.ts';
import { dropUnfinished, type Journal, withoutProved } from './resume.ts';
import type { Transfer } from './transfer.ts';
import { changedObjects } from './write/damage.ts';
import { FolderMaker } from './write/folderMaker.ts';
import { checkLinks, type Link } from './write/links.ts';
import { parentOf } from './write/paths.ts';
import { Reuse, type ReuseSource } from './write/reuse.ts';
import { systemError, type TreeSize } from './write/systemError.ts';
import { WriterPool } from './write/writerPool.ts';
import type { FileMode } from './write/writerTask.ts';

export interface WriteTreeOptions {
  lake: Lake;
  datasetId: string;
  /** As a manifest lists them. Not trusted. */
  leaves: Leaves;
  /** Exists; empty, unless a journal says what is in it. */
  folder: string;
  /** `cache`: 0444 or 0555 whatever the umask; `clone`: as an editor would make them. */
  mode: 'cache' | 'clone';
  size?: TreeSize;
  reuse?: ReuseSource[];
  journal?: Journal;
  /** Hears the hashes of imported objects as they are read. */
  learned?: Learned;
  /** Hears of each file that shares its inode with another version's. */
  linked?: (file: FileEntry) => void;
}

/** What stands in the folder now. */
export interface WrittenTree {
  files: number;
  links: number;
  /** All of them, also those that only lead to files. */
  folders: number;
  bytes: number;
  /** Of the files, those that share an inode with another version. */
  linked: number;
  linkedBytes: number;
  /** Of `bytes`, those that an attempt which was cut off has written. */
  resumedBytes: number;
}

/**
 * Writes a version's files, every one hashed before or while it is written, links last and only inside.
 * Throws ForebayError `damaged`, `bad-path`, `names-collide`, `link-leaves`, `no-space`, `cancelled` and the lake's;
 * then the folder holds part of the tree, no thread writes any more, and it is the caller's to throw away.
 */
export async function writeTree(options: WriteTreeOptions, control: Control): Promise<WrittenTree> {
  const { lake, datasetId, folder, size } = options;
  const written: WrittenTree = {
    files: 0,
    links: 0,
    folders: 0,
    bytes: 0,
    linked: 0,
    linkedBytes: 0,
    resumedBytes: 0,
  };
  let coming = 0;
  const pool = new WriterPool();
  const { signal } = control;
  const stop = (): void => void pool.close();
  signal.addEventListener('abort', stop, { once: true });
  const transfer: Transfer = {
    lake,
    datasetId,
    pool,
    buffers: new SharedBuffers(),
    folder,
    signal,
    modeOf: options.mode === 'cache' ? cacheMode : cloneMode,
    coming: (bytes) => {
      coming += bytes;
      if (bytes > 0) report(options, control, written, coming);
    },
    done: (file) => {
      written.files++;
      written.bytes += file.size;
      report(options, control, written, coming);
    },
    linked: (file) => {
      written.linked++;
      written.linkedBytes += file.size;
      options.linked?.(file);
    },
    begun: new Map(),
    tookOver: (bytes) => {
      written.resumedBytes += bytes;
    },
    finished: (range) => options.journal?.add(range),
    damaged: (_file, error) => {
      throw error;
    },
    changed: (files) => {
      throw changedObjects(namesOf(lake, files));
    },
    learn: (file, sha256) => options.learned?.note(file, sha256),
    refused: (thrown, path) => {
      throw systemError(thrown, folder, path, size);
    },
  };
  const reuse = (options.reuse ?? []).map((source) => new Reuse(source));
  try {
    if (signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
    report(options, control, written, coming);
    const folders = new FolderMaker(folder, options.journal?.resumed === true);
    const links: Link[] = [];
    await fetchAll(transfer, async function* () {
      let linking: Promise<FileEntry[]>[] = [];
      for await (const window of windowsOf(options.leaves, signal)) {
        let files = layOut(window, folders, links);
        if (options.journal?.resumed) {
          files = await withoutProved(files, folder, transfer);
          files = dropUnfinished(files, folder, transfer, options.journal);
        }
        const begun = files.filter(({ path }) => transfer.begun.has(path));
        if (begun.length > 0) files = files.filter(({ path }) => !transfer.begun.has(path));
        // The links of one window are made while the next one is planned.
        const before = linking;
        linking = [];
        for (const source of reuse) {
          const { rest, missed } = await source.lend(files, transfer);
          missed.catch(() => undefined);
          linking.push(missed);
          files = rest;
        }
        yield begun.length > 0 ? [...files, ...begun] : files;
        yield (await Promise.all(before)).flat();
      }
      yield (await Promise.all(linking)).flat();
    });
    written.folders = folders.made;
    written.links = makeLinks(links, folder, size);
    return written;
  } catch (error) {
    throw signal.aborted ? new ForebayError('cancelled', 'Cancelled.') : error;
  } finally {
    signal.removeEventListener('abort', stop);
    await Promise.all([pool.close(), ...reuse.map((source) => source.close())]);
  }
}

function namesOf(lake: Lake, files: FileEntry[]): string[] {
  return files.map(({ path, origin }) => (origin ? lake.externals.nameOf(origin.url) : path));
}

/** Makes the folders, puts links aside, gives back the files. */
function layOut(window: Entry[], folders: FolderMaker, links: Link[]): FileEntry[] {
  const files: FileEntry[] = [];
  for (const entry of window) {
    folders.make(entry.kind === 'folder' ? entry.path : parentOf(entry.path));
    if (entry.kind === 'file') files.push(entry);
    else if (entry.kind === 'link') links.push(entry);
  }
  return files;
}

function makeLinks(links: Link[], folder: string, size: TreeSize | undefined): number {
  checkLinks(links);
  for (const { path, target } of links) {
    try {
      symlinkSync(target, join(folder, path));
    } catch (error) {
      throw systemError(error, folder, path, size);
    }
  }
  return links.length;
}

function report(
  { mode, size }: WriteTreeOptions,
  control: Control,
  written: WrittenTree,
  coming: number,
): void {
  control.report({
    phase: mode === 'cache' ? 'filling' : 'fetching',
    files: written.files,
    filesTotal: size?.files ?? null,
    bytes: written.bytes + coming,
    bytesTotal: size?.bytes ?? null,
  });
}

const cacheMode = ({ executable }: FileEntry): FileMode => ({
  bits: executable ? 0o555 : 0o444,
  exact: true,
});
const cloneMode = ({ executable }: FileEntry): FileMode => ({
  bits: executable ? 0o777 : 0o666,
  exact: false,
});
