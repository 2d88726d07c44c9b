import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, open } from 'node:fs/promises';
import { join } from 'node:path';
import { ForebayError } from '../api/errors.ts';
import type { VerifyResult } from '../api/schemas.ts';
import type { FileEntry } from '../dataset/entry.ts';
import { Learned } from '../dataset/learned/learned.ts';
import { readSelected } from '../dataset/selection.ts';
import { problemsOf } from '../dataset/verify/verifyTree.ts';
import type { Lake } from '../lake/lake.ts';
import type { CacheDirectory } from './directory.ts';
import { errnoOf, unlessAbsent } from './errno.ts';
import { renewRecord } from './fill/adopt.ts';
import { type Place, placeName } from './layout.ts';
import { Pace } from './pace.ts';
import { type CachedVersion, isReady, partOf } from './record.ts';
import { placesIn } from './recover.ts';

export interface ScrubRequest {
  cache: CacheDirectory;
  lake: Lake;
  dataset: { id: string; name: string };
  version: CachedVersion;
  /** Of the record, so that what took its place meanwhile isn't taken for it. */
  fillId: string;
  /** Where the slice before this one ended; null to begin. */
  from: string | null;
  /** Nothing wrong was found in the slices before. */
  clean: boolean;
  bytesPerSecond: number;
  /** Milliseconds after which the rest is left to the next slice. */
  patience: number;
}

export interface Scrubbed {
  /** The path to go on with; null: every file was read. */
  next: string | null;
  bytes: number;
  problems: VerifyResult['problems'];
  /** Other versions of the dataset there, or parts of them, that have the very same file, by a hard link. */
  shared: (Place & { path: string })[];
}

/** Reads a slice of a placement again, slowly; the last slice of a clean pass renews when it was verified. */
export async function scrubSlice(request: ScrubRequest, signal: AbortSignal): Promise<Scrubbed> {
  const { cache, lake, dataset, version } = request;
  const found = await cache.find(dataset, version.version, partOf(version));
  const learned = new Learned(lake, dataset.id, signal);
  const result: Scrubbed = { next: null, bytes: 0, problems: [], shared: [] };
  const pace = new Pace(request.bytesPerSecond);
  const deadline = performance.now() + request.patience;
  const range = { from: request.from ?? undefined, signal };
  const entries = readSelected(lake, dataset.id, version.root, version.selection, range);
  for await (const entry of learned.fill(entries)) {
    if (signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
    // At least one file a slice, however slow: else none would ever end.
    if (result.bytes > 0 && performance.now() > deadline) {
      result.next = entry.path;
      break;
    }
    if (entry.kind !== 'file') result.problems.push(...problemsOf(found.path, entry));
    else {
      const problem = await fileProblem(join(found.path, entry.path), entry, pace, signal);
      if (problem !== undefined) result.problems.push({ path: entry.path, problem });
      result.bytes += entry.size;
    }
  }
  for (const { path } of result.problems) {
    result.shared.push(...(await siblings(request, found.path, path)));
  }
  if (result.next === null && request.clean && result.problems.length === 0) await renew(request);
  return result;
}

async function renew({ cache, dataset, version, fillId }: ScrubRequest): Promise<void> {
  const found = await cache.find(dataset, version.version, partOf(version));
  if (found.record && isReady(found, { ...version, datasetId: dataset.id }) && found.record.fill === fillId) {
    await renewRecord(cache.path, found.path, found.record);
  }
}

async function fileProblem(
  path: string,
  entry: FileEntry,
  pace: Pace,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0));
    try {
      const stat = await file.stat();
      if (!stat.isFile()) return 'is not a file';
      if (stat.size !== entry.size) return `has ${stat.size} bytes where ${entry.size} belong`;
      const digest = createHash('sha256');
      for await (const chunk of file.createReadStream({ highWaterMark: 1 << 20, autoClose: false })) {
        digest.update(chunk);
        await pace.after(chunk.length, signal);
      }
      const differs = entry.sha256 !== null && digest.digest('hex') !== entry.sha256;
      return differs ? 'has other bytes than were synced' : undefined;
    } finally {
      await file.close();
    }
  } catch (error) {
    const code = errnoOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return 'is missing';
    if (code === 'ELOOP') return 'is a link where a file belongs';
    if (code === 'EIO') return "can't be read: the disk says so (EIO)";
    throw error;
  }
}

/** A fill links only what has the same path. */
async function siblings(
  { cache, dataset, version }: ScrubRequest,
  folder: string,
  path: string,
): Promise<Scrubbed['shared']> {
  const own = await unlessAbsent(lstat(join(folder, path), { bigint: true }));
  if (!own?.isFile() || own.nlink < 2n) return [];
  const shared: Scrubbed['shared'] = [];
  const top = await cache.datasetFolder(dataset);
  for (const place of await placesIn(top)) {
    if (place.version === version.version && place.part === partOf(version)) continue;
    const there = await unlessAbsent(lstat(join(top, placeName(place), path), { bigint: true }));
    if (there?.ino === own.ino) shared.push({ ...place, path });
  }
  return shared;
}
