import { hash } from 'node:crypto';
import { ForebayError } from '../../api/errors.ts';
import { comparePaths } from '../entry.ts';
import type { Control } from '../progress.ts';
import { digestBytes, encodeRun, isUnknown, type RecordedRun, state } from '../recorded/format.ts';
import type { RecordedIndex } from '../recorded/read.ts';
import { RecordedRows } from '../recorded/rows.ts';
import type { IndexWriter } from '../recorded/write.ts';
import { refuseNested } from '../scan/nested.ts';
import { isRacy } from '../scan/racy.ts';
import { columns, kindOf, pathIn, type Run } from '../scan/run.ts';
import { checkLinks, readTarget } from '../scan/scan.ts';
import { walkFolder } from '../scan/walk.ts';

/** What a folder is, against what it was. */
export interface FolderState {
  /** Nothing differs from what was recorded. */
  same: boolean;
  /** All files, and their bytes. */
  all: { files: number; bytes: number };
  /** Files that have to be read, and their bytes. */
  unread: { files: number; bytes: number };
  /** Path -> target of every link. */
  links: ReadonlyMap<string, string>;
}

/**
 * Walks the folder beside what was recorded of it, and writes what it finds as the next index: run by run, so that
 * memory doesn't grow with the folder. Digests that aren't known stay zeros there.
 * `now`: the file system's time before that, milliseconds.
 * Throws what `walkFolder` throws, `link-leaves`, `bad-request` for a working copy inside, and `file-changed` where the folder changes too much meanwhile.
 */
export async function compareFolder(
  folder: string,
  recorded: RecordedIndex | undefined,
  next: IndexWriter,
  control: Control & { now: number },
): Promise<FolderState> {
  const links = new Map<string, string>();
  const found = {
    same: recorded !== undefined,
    unread: { files: 0, bytes: 0 },
    all: { files: 0, bytes: 0 },
    links,
  };
  const before = new RecordedRows(recorded);
  const dropUntil = (path: string | undefined) => {
    if (passOver(path, before, next)) found.same = false;
  };
  let last = '';
  for await (const run of walkFolder(folder, control)) {
    const first = pathIn(run.folder, run.names[0] as string);
    if (last !== '' && comparePaths(last, first) >= 0) throw changedWhileScanned(first);
    last = pathIn(run.folder, run.names.at(-1) as string);
    refuseNested(folder, run);
    collectLinks(folder, run, links);
    const head = encodeRun(run);
    const there = before.wholeRun(head);
    const add = (part: Run, { digests, states }: Known) => {
      next.add(part === run ? head : encodeRun(part), digests, states);
      tally(part, states, found);
    };
    if (there) add(run, asItWas(run, there));
    else byPath(run, before, control.now, dropUntil, add);
  }
  dropUntil(undefined);
  checkLinks(links);
  next.flush();
  return found;
}

interface Known {
  digests: Buffer;
  states: Uint8Array;
}

function asItWas(run: Run, there: RecordedRun): Known {
  const states = new Uint8Array(there.length).fill(state.same);
  for (const [at, flags] of run.flags.entries()) {
    if (kindOf(flags) === 'file' && isUnknown(there.digests, at)) states[at] = state.unread;
  }
  return { digests: there.digests, states };
}

function sliceOf({ folder, names, flags, stats }: Run, from: number, to: number): Run {
  return {
    folder,
    names: names.slice(from, to),
    flags: flags.slice(from, to),
    stats: stats.slice(from * columns, to * columns),
  };
}

/** Entry by entry, where a run isn't as it was; it is cut where something is gone, which stands there in the next index. */
function byPath(
  run: Run,
  before: RecordedRows,
  now: number,
  dropUntil: (path: string) => void,
  add: (part: Run, known: Known) => void,
): void {
  const count = run.names.length;
  const digests = Buffer.alloc(count * digestBytes);
  const states = new Uint8Array(count);
  let from = 0;
  const addPart = (to: number) => {
    if (to === from) return;
    const part = from === 0 && to === count ? run : sliceOf(run, from, to);
    const [first, end] = [from * digestBytes, to * digestBytes];
    add(part, { digests: digests.subarray(first, end), states: states.subarray(from, to) });
    from = to;
  };
  for (let at = 0; at < count; at++) {
    const path = pathIn(run.folder, run.names[at] as string);
    if (before.path !== undefined && comparePaths(before.path, path) < 0) {
      addPart(at);
      dropUntil(path);
    }
    const recorded = before.path === path ? before.take() : undefined;
    const kind = kindOf(run.flags[at] as number);
    const stats = run.stats.subarray(at * columns, (at + 1) * columns);
    if (recorded?.isAs(run.flags[at] as number, stats)) {
      digests.set(recorded.digest, at * digestBytes);
      states[at] = kind === 'file' && isUnknown(digests, at) ? state.unread : state.same;
    } else if (kind === 'file' && stats[0] === 0) {
      if (!isRacy(stats[2] as number, now)) digests.set(emptyFile, at * digestBytes);
      states[at] = state.changed;
    } else states[at] = kind === 'file' ? state.unread : state.changed;
  }
  addPart(count);
}

/** Whether something was recorded before `path` that is there no more; it goes into the next index as such. */
function passOver(path: string | undefined, before: RecordedRows, next: IndexWriter): boolean {
  let gone = false;
  while (before.path !== undefined && (path === undefined || comparePaths(before.path, path) < 0)) {
    const { flags, stats, digest } = before.take();
    const at = before.taken.lastIndexOf('/');
    const run = {
      folder: before.taken.slice(0, Math.max(0, at)),
      names: [before.taken.slice(at + 1)],
      flags: Uint8Array.of(flags),
      stats,
    };
    next.add(encodeRun(run, true), digest, Uint8Array.of(state.changed));
    gone = true;
  }
  return gone;
}

function tally(
  run: Run,
  states: Uint8Array,
  found: { same: boolean } & Pick<FolderState, 'all' | 'unread'>,
): void {
  const count = (of: { files: number; bytes: number }, at: number) => {
    of.files++;
    of.bytes += run.stats[at * columns] as number;
  };
  for (const [at, known] of states.entries()) {
    if (kindOf(run.flags[at] as number) === 'file') count(found.all, at);
    if (known === state.unread) count(found.unread, at);
    if (known !== state.same) found.same = false;
  }
}

function collectLinks(folder: string, run: Run, links: Map<string, string>): void {
  for (const [at, flags] of run.flags.entries()) {
    if (kindOf(flags) !== 'link') continue;
    const path = pathIn(run.folder, run.names[at] as string);
    links.set(path, readTarget(folder, path));
  }
}

const emptyFile = hash('sha256', '', 'buffer');

function changedWhileScanned(path: string): ForebayError {
  return new ForebayError(
    'file-changed',
    `${JSON.stringify(path)} came or went while the folder was being read.`,
    'Sync again once nothing writes to the folder.',
  );
}
