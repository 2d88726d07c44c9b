import { ForebayError } from '../../api/errors.ts';
import type { SyncResult } from '../../api/schemas.ts';
import { findDatasetById } from '../catalog.ts';
import { type History, readHistory, type VersionRecord } from '../history.ts';
import { keyOf } from '../names.ts';
import type { Control } from '../progress.ts';
import { refuseNested } from '../scan/nested.ts';
import { encodeRecorded } from '../scan/recorded.ts';
import { scanFolder } from '../scan/scan.ts';
import type { Tree } from '../scan/tree.ts';
import type { SyncOptions } from '../sync.ts';
import {
  fileSystemTime,
  readRecordedIndex,
  readWorkingCopy,
  recordedFile,
  removeLeftovers,
  type WorkingCopyState,
  writeReserved,
  writeWorkingCopy,
} from '../workingCopy.ts';
import { buildManifest, type Made } from './build.ts';
import { commitVersion } from './commit.ts';
import { type Comparison, compareToRecorded } from './compare.ts';
import { forgetUploaded, readUploaded } from './journal.ts';
import { locateKnown } from './locate.ts';
import { newerVersion } from './outdated.ts';
import { packTree } from './pack.ts';
import { Places } from './places.ts';
import { resumeUploads } from './resume.ts';
import { settlePending } from './settle.ts';
import type { Uploads } from './uploads.ts';

/** Where a working copy and its dataset stand when an attempt begins. */
export interface Start {
  state: WorkingCopyState;
  /** The dataset's, as it is called now. */
  name: string;
  history: History;
  parent: VersionRecord | undefined;
}

interface Scanned {
  tree: Tree;
  /** The file system's time before the tree was scanned, milliseconds. */
  now: number;
  comparison: Comparison;
}

/** One attempt at a sync; throws `Outdated` where the log overtook it, and `UnknownOutcome`. */
export async function attemptSync(
  options: SyncOptions,
  uploads: Uploads,
  control: Control,
): Promise<SyncResult> {
  const { folder } = options;
  const start = await openFolder(options, control.signal);
  const { state, name, parent } = start;
  await removeLeftovers(folder);
  const now = await fileSystemTime(folder);
  const tree = await scanFolder(folder, control);
  refuseNested(folder, tree.paths);
  const recorded = await readRecordedIndex(folder);
  const comparison = compareToRecorded(tree, recorded);
  if (parent && comparison.same && recorded?.digest === parent.digest) {
    if (state.base !== parent.version) await writeWorkingCopy(folder, { ...state, base: parent.version });
    return unchanged(name, parent);
  }
  const version = await makeVersion(options, start, { tree, now, comparison }, uploads, control);
  const { version: base, digest } = version;
  await forgetUploaded(folder);
  await writeWorkingCopy(folder, { ...state, base, pending: [] });
  const index = encodeRecorded({ version: base, digest }, tree, comparison.digests.buffer, now);
  await writeReserved(folder, recordedFile(folder), index);
  return version === parent ? unchanged(name, parent) : resultOf(name, version, uploads);
}

async function openFolder(
  { lake, lakeId, folder, replace }: SyncOptions,
  signal: AbortSignal,
): Promise<Start> {
  const found = await readWorkingCopy(folder);
  if (found.lake !== lakeId) throw otherLake(folder, found.dataset.name);
  const { name } = await findDatasetById(lake, found.dataset.id, found.dataset.name, signal);
  const history = await readHistory(lake, found.dataset.id, signal);
  const state = await settlePending(folder, found, history);
  const newer = history.versions.filter((version) => version.version > state.base);
  if (newer.length > 0 && !replace) throw newerVersion(name, state.base, newer);
  return { state, name, history, parent: history.versions.at(-1) };
}

/** Uploads and commits; gives the parent where the folder turns out to be the same. */
async function makeVersion(
  options: SyncOptions,
  start: Start,
  scanned: Scanned,
  uploads: Uploads,
  control: Control,
): Promise<VersionRecord> {
  const made = await uploadVersion(options, start, scanned, uploads, control);
  if (start.parent?.digest !== made.root.digest) {
    return commitVersion(options, start, made, uploads, control);
  }
  await forgetUploaded(options.folder);
  await uploads.discard();
  return start.parent;
}

async function uploadVersion(
  { lake, folder }: SyncOptions,
  { state, parent }: Start,
  { tree, now, comparison }: Scanned,
  uploads: Uploads,
  control: Control,
): Promise<Made> {
  const datasetId = state.dataset.id;
  const { signal } = control;
  const { digests } = comparison;
  const parentRoot = parent?.root;
  const { known, chunks, ...located } = await locateKnown({
    lake,
    datasetId,
    parentRoot,
    tree,
    comparison,
    signal,
  });
  const places = new Places(tree.length, known, chunks);
  const uploaded = await readUploaded(lake, folder, datasetId, signal);
  const isEarlier = (pack: string) => !uploads.has(keyOf.pack(datasetId, pack));
  const toRead = resumeUploads(uploaded, tree, located.toRead, digests, places, isEarlier);
  await packTree({ datasetId, folder, tree, now, digests, toRead, known, places, uploads, control });
  uploads.resumedBytes = places.earlierBytes((at) => tree.size(at));
  return buildManifest({ lake, datasetId, parentRoot, tree, digests, places, uploads, signal });
}

function unchanged(name: string, version: VersionRecord): SyncResult {
  const sent = { bytes: 0, resumedBytes: 0 };
  return { ...resultOf(name, version, sent), added: 0, changed: 0, removed: 0 };
}

function resultOf(
  dataset: string,
  record: VersionRecord,
  { bytes: uploadedBytes, resumedBytes }: Pick<Uploads, 'bytes' | 'resumedBytes'>,
): SyncResult {
  const { version, digest, files, bytes, added, changed, removed } = record;
  return { dataset, version, digest, files, bytes, added, changed, removed, uploadedBytes, resumedBytes };
}

function otherLake(folder: string, name: string): ForebayError {
  return new ForebayError(
    'lake-other',
    `${folder} is a working copy of '${name}' in another lake.`,
    'Start Forebay with that lake, or clone the dataset of this one into another folder.',
  );
}
