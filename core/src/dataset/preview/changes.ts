import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Lake } from '../../lake/lake.ts';
import { comparePaths, type Entry } from '../entry.ts';
import type { VersionRecord } from '../history.ts';
import { entriesIn, findEntry, readLeaves } from '../manifest/read.ts';
import type { Control } from '../progress.ts';
import { digestAt, encodeRun, isUnknown, type RecordedRun } from '../recorded/format.ts';
import { RecordedIndex } from '../recorded/read.ts';
import { type RecordedRow, RecordedRows } from '../recorded/rows.ts';
import { refuseNested } from '../scan/nested.ts';
import { columns, isExecutable, kindOf, type Run } from '../scan/run.ts';
import { readTarget } from '../scan/scan.ts';
import { type Found, foundAt } from '../scan/tree.ts';
import { walkFolder } from '../scan/walk.ts';
import { only, scopeOf } from '../scope.ts';
import { recordedFile, type WorkingCopyState } from '../workingCopy/workingCopy.ts';

/** One path that a folder doesn't have as its base version has it; sizes in bytes. */
export interface FolderChange {
  path: string;
  is: 'added' | 'changed' | 'removed';
  before: number;
  after: number;
}

export interface ChangesRequest {
  folder: string;
  /** Undefined for a folder that is no working copy yet. */
  copy: WorkingCopyState | undefined;
  lake: Lake;
  /** Undefined: nothing comes before. */
  base: VersionRecord | undefined;
  /** Reads files whose stats alone changed; else they count as changed. */
  exact: boolean;
  /** Throws `TooManyFiles` beyond so many. */
  filesMost?: number | undefined;
}

export class TooManyFiles extends Error {}

/** What a folder is now, as it is walked. */
export interface FolderTally {
  files: number;
  bytes: number;
}

/**
 * What syncing a folder would change against its base, in path order, without writing anything; what `.forebayignore`
 * names is left out, as a sync does. Where the folder is recorded as the base, the lake isn't asked: cost and memory
 * follow the walk. Throws what scanning throws.
 */
export async function* folderChanges(
  request: ChangesRequest,
  tally: FolderTally,
  control: Control,
): AsyncGenerator<FolderChange> {
  const { folder, base, copy } = request;
  const index = copy && RecordedIndex.open(recordedFile(folder));
  try {
    if (base && index?.header?.digest === base.digest) yield* againstRecord(request, index, tally, control);
    else yield* againstManifest(request, index, tally, control);
  } finally {
    index?.close();
  }
}

/** The folder beside what was recorded of it when it was the base: runs of equal bytes are passed over whole. */
async function* againstRecord(
  request: ChangesRequest,
  index: RecordedIndex,
  tally: FolderTally,
  control: Control,
): AsyncGenerator<FolderChange> {
  const { folder, exact } = request;
  const before = new RecordedRows(index);
  for await (const run of runsOf(request, tally, control)) {
    const whole = before.wholeRun(encodeRun(run));
    if (whole && !(exact && hasUnread(whole, run))) continue;
    for (const [at, found] of foundIn(folder, run).entries()) {
      while (!whole && before.path !== undefined && comparePaths(before.path, found.path) < 0)
        yield gone(before);
      if (!whole && before.path !== found.path) {
        yield { path: found.path, is: 'added', before: 0, after: found.size };
        continue;
      }
      const row = whole ? undefined : before.take();
      const digest = whole ? digestAt(whole, at) : digestOf(row);
      const untouched = row === undefined || isUntouched(found, row);
      if (untouched && (digest !== undefined || !exact || found.kind !== 'file')) continue;
      const size = row ? (row.stats[0] as number) : found.size;
      if (exact && (await isAsBase(request, found, row, digest, control))) continue;
      if (found.kind === 'folder' && row && kindOf(row.flags) === 'folder') continue;
      yield { path: found.path, is: 'changed', before: size, after: found.size };
    }
  }
  while (before.path !== undefined) yield gone(before);
}

/** Files that may have changed while they were recorded: only what is in them tells. */
function hasUnread(whole: RecordedRun, { flags }: Run): boolean {
  return flags.some((flag, at) => kindOf(flag) === 'file' && isUnknown(whole.digests, at));
}

const digestOf = (row: RecordedRow | undefined) =>
  row && !isUnknown(row.digest, 0) ? row.digest.toString('hex') : undefined;

/** Whether a file whose stats changed, or whose content was never recorded, holds what the base has there. */
async function isAsBase(
  { folder, copy, lake, base }: ChangesRequest,
  found: Found,
  row: RecordedRow | undefined,
  digest: string | undefined,
  { signal }: Control,
): Promise<boolean> {
  if (row && (kindOf(row.flags) !== found.kind || row.stats[0] !== found.size)) return false;
  if (row && isExecutable(row.flags) !== found.executable) return false;
  const read = () => hashOf(folder, found.path, signal);
  if (found.kind === 'file' && digest !== undefined) return (await read()) === digest;
  const entry = base && copy && (await findEntry(lake, copy.dataset.id, base.root, found.path));
  return entry !== undefined && isAlike(found, entry, undefined, read);
}

function gone(rows: RecordedRows): FolderChange {
  const row = rows.take();
  return { path: rows.taken, is: 'removed', before: row.stats[0] as number, after: 0 };
}

function isUntouched({ kind, size, executable, mtime, ctime, inode }: Found, row: RecordedRow): boolean {
  const same = kindOf(row.flags) === kind && isExecutable(row.flags) === executable;
  return same && [size, mtime, ctime, inode].every((value, at) => value === row.stats[at]);
}

/** The folder beside the base's manifest: where it isn't recorded, or recorded as something else. */
async function* againstManifest(
  request: ChangesRequest,
  index: RecordedIndex | undefined,
  tally: FolderTally,
  control: Control,
): AsyncGenerator<FolderChange> {
  const { folder, copy, lake, base, exact } = request;
  const recorded = new RecordedRows(index);
  const entries = baseEntries(folder, copy, lake, base, control)[Symbol.asyncIterator]();
  let entry = await entries.next();
  const removed = ({ path, size }: { path: string; size: number }): FolderChange => ({
    ...{ path, is: 'removed', before: size, after: 0 },
  });
  const sizeOf = (each: Entry) => (each.kind === 'file' ? each.size : 0);
  try {
    for await (const run of runsOf(request, tally, control)) {
      for (const found of foundIn(folder, run)) {
        for (; !entry.done && comparePaths(entry.value.path, found.path) < 0; entry = await entries.next()) {
          yield removed({ path: entry.value.path, size: sizeOf(entry.value) });
        }
        while (recorded.path !== undefined && comparePaths(recorded.path, found.path) < 0) recorded.take();
        const row = recorded.path === found.path ? recorded.take() : undefined;
        const there = !entry.done && entry.value.path === found.path ? entry.value : undefined;
        if (!there) {
          yield { path: found.path, is: 'added', before: 0, after: found.size };
          continue;
        }
        entry = await entries.next();
        const digest =
          row && isUntouched(found, row) && !isUnknown(row.digest, 0)
            ? row.digest.toString('hex')
            : undefined;
        const read = exact ? () => hashOf(folder, found.path, control.signal) : undefined;
        if (await isAlike(found, there, digest, read)) continue;
        yield { path: found.path, is: 'changed', before: sizeOf(there), after: found.size };
      }
    }
    for (; !entry.done; entry = await entries.next()) {
      yield removed({ path: entry.value.path, size: sizeOf(entry.value) });
    }
  } finally {
    await entries.return?.(undefined);
  }
}

async function isAlike(
  found: Found,
  entry: Entry,
  digest: string | undefined,
  read: (() => Promise<string>) | undefined,
): Promise<boolean> {
  if (found.kind !== entry.kind) return false;
  if (entry.kind === 'link') return found.target === entry.target;
  if (entry.kind === 'folder') return true;
  if (found.size !== entry.size || found.executable !== entry.executable) return false;
  return (digest ?? (await read?.())) === entry.sha256 && entry.sha256 !== null;
}

async function* baseEntries(
  folder: string,
  copy: WorkingCopyState | undefined,
  lake: Lake,
  base: VersionRecord | undefined,
  { signal }: Control,
): AsyncGenerator<Entry> {
  if (!base || !copy) return;
  const leaves = readLeaves(lake, copy.dataset.id, base.root, { signal });
  // Of a part, what is outside stays as it is.
  yield* entriesIn(copy.selection ? only(leaves, scopeOf(copy.selection, recordedFile(folder))) : leaves);
}

async function* runsOf(
  { folder, filesMost = Number.POSITIVE_INFINITY }: ChangesRequest,
  tally: FolderTally,
  control: Control,
): AsyncGenerator<Run> {
  for await (const run of walkFolder(folder, control)) {
    refuseNested(folder, run);
    for (const [at, flags] of run.flags.entries()) {
      if (kindOf(flags) !== 'file') continue;
      tally.files++;
      tally.bytes += run.stats[at * columns] as number;
    }
    if (tally.files > filesMost) throw new TooManyFiles();
    yield run;
  }
}

const foundIn = (folder: string, run: Run): Found[] =>
  run.names.map((_, at) => foundAt(run, at, (path) => readTarget(folder, path)));

async function hashOf(folder: string, path: string, signal: AbortSignal): Promise<string> {
  const digest = createHash('sha256');
  for await (const chunk of createReadStream(join(folder, path), { signal })) digest.update(chunk);
  return digest.digest('hex');
}
