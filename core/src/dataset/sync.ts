import { ForebayError, isForebayError } from '../api/errors.ts';
import type { SyncResult } from '../api/schemas.ts';
import type { Lake } from '../lake/lake.ts';
import { findDatasetById } from './catalog.ts';
import { type History, readHistory, type VersionRecord } from './history.ts';
import type { CommitRecord } from './log/records.ts';
import type { ChangeList } from './manifest/changes.ts';
import { encodeRoot, type Root } from './manifest/root.ts';
import { isPack, keyOf, randomName } from './names.ts';
import type { Control } from './progress.ts';
import { encodeRecorded } from './scan/recorded.ts';
import { scanFolder } from './scan/scan.ts';
import type { Tree } from './scan/tree.ts';
import { buildManifest } from './sync/build.ts';
import { appendCommit } from './sync/commit.ts';
import { type Comparison, compareToRecorded } from './sync/compare.ts';
import { forgetUploaded, readUploaded } from './sync/journal.ts';
import { locateKnown } from './sync/locate.ts';
import { newerVersion, Outdated, tooBusy } from './sync/outdated.ts';
import { packTree } from './sync/pack.ts';
import { Places } from './sync/places.ts';
import { resumeUploads } from './sync/resume.ts';
import { settlePending } from './sync/settle.ts';
import { Uploads } from './sync/uploads.ts';
import {
  fileSystemTime,
  readRecordedIndex,
  readWorkingCopy,
  recordedFile,
  removeLeftovers,
  type WorkingCopyState,
  writeReserved,
  writeWorkingCopy,
} from './workingCopy.ts';

export { initWorkingCopy } from './init.ts';

export interface SyncOptions {
  lake: Lake;
  lakeId: string;
  folder: string;
  message: string;
  author: string;
  /** Make the folder the next version whatever came between. */
  replace: boolean;
}

/** Attempts that the log overtook; only a dataset that others commit to all the time gets here. */
const attemptsMost = 30;

/**
 * Makes a version of the folder and uploads it; where nothing changed, gives the same version again.
 * Throws `not-a-working-copy`, `lake-other`, `newer-version`, `cancelled`, and what scanning and the lake may throw.
 */
export async function syncFolder(options: SyncOptions, control: Control): Promise<SyncResult> {
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        return await syncOnce(options, control);
      } catch (error) {
        if (!(error instanceof Outdated)) throw error;
        if (attempt === attemptsMost) throw tooBusy();
      }
    }
  } catch (error) {
    if (control.signal.aborted && !(error instanceof ForebayError && error.code !== 'cancelled')) {
      throw new ForebayError('cancelled', 'The sync was cancelled; no version was made.');
    }
    throw error;
  }
}

async function syncOnce(options: SyncOptions, control: Control): Promise<SyncResult> {
  const { lake, folder } = options;
  const start = await openFolder(options);
  const { state, name, parent } = start;
  await removeLeftovers(folder);
  const now = await fileSystemTime(folder);
  const tree = await scanFolder(folder, control);
  const recorded = await readRecordedIndex(folder);
  const comparison = compareToRecorded(tree, recorded);
  if (parent && comparison.same && recorded?.digest === parent.digest) {
    if (state.base !== parent.version) await writeWorkingCopy(folder, { ...state, base: parent.version });
    return unchanged(name, parent);
  }
  const uploads = new Uploads(lake, control.signal);
  try {
    const made = await uploadVersion(options, start, tree, now, comparison, uploads, control);
    if (parent && made.root.digest === parent.digest) await uploads.discard();
    const version =
      parent && made.root.digest === parent.digest
        ? parent
        : await commitVersion(options, start, made, uploads, control);
    const base = version.version;
    await writeWorkingCopy(folder, { ...state, base, pending: [] });
    await forgetUploaded(folder);
    await writeReserved(
      folder,
      recordedFile(folder),
      encodeRecorded({ version: base, digest: version.digest }, tree, comparison.digests.buffer, now),
    );
    return version === parent ? unchanged(name, parent) : resultOf(name, version, uploads.bytes);
  } catch (error) {
    // What a commit may name is no longer ours to delete.
    const unknown = error instanceof UnknownOutcome;
    if (unknown || control.signal.aborted) await forgetUploaded(folder);
    if (control.signal.aborted && !unknown) await uploads.discard();
    else if (!unknown) await uploads.discard((key) => !isPack(key));
    throw unknown ? error.cause : error;
  }
}

interface Start {
  state: WorkingCopyState;
  /** The dataset's, as it is called now. */
  name: string;
  history: History;
  parent: VersionRecord | undefined;
}

async function openFolder({ lake, lakeId, folder, replace }: SyncOptions): Promise<Start> {
  const found = await readWorkingCopy(folder);
  if (found.lake !== lakeId) throw otherLake(folder, found.dataset.name);
  const { name } = await findDatasetById(lake, found.dataset.id, found.dataset.name);
  const history = await readHistory(lake, found.dataset.id);
  const state = await settlePending(folder, found, history);
  const newer = history.versions.filter((version) => version.version > state.base);
  if (newer.length > 0 && !replace) throw newerVersion(name, state.base, newer);
  return { state, name, history, parent: history.versions.at(-1) };
}

interface Made {
  root: Root;
  changes: ChangeList;
}

async function uploadVersion(
  { lake, folder }: SyncOptions,
  { state, parent }: Start,
  tree: Tree,
  now: number,
  comparison: Comparison,
  uploads: Uploads,
  control: Control,
): Promise<Made> {
  const datasetId = state.dataset.id;
  const { signal } = control;
  const { digests } = comparison;
  const parentRoot = parent?.root;
  const located = await locateKnown({ lake, datasetId, parentRoot, tree, comparison, signal });
  const places = new Places(tree.length, located.known);
  const uploaded = await readUploaded(lake, folder, datasetId);
  const { toRead, used } = resumeUploads(uploaded, tree, located.toRead, digests, places);
  if (state.pending.length === 0) uploads.adopt(used.map(({ pack }) => keyOf.pack(datasetId, pack)));
  const { known } = located;
  await packTree({ datasetId, folder, tree, now, digests, toRead, known, places, uploads, control });
  return buildManifest({ lake, datasetId, parentRoot, tree, digests, places, uploads, signal });
}

/** The commit request was sent, and nobody knows yet whether it arrived. */
class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';
}

async function commitVersion(
  { lake, folder, message, author, replace }: SyncOptions,
  { state, name, history, parent }: Start,
  { root, changes }: Made,
  uploads: Uploads,
  control: Control,
): Promise<VersionRecord> {
  const { files, bytes, digest } = root;
  control.report({ phase: 'committing', files, filesTotal: files, bytes, bytesTotal: bytes });
  const { id: datasetId } = state.dataset;
  const changed = parent && changes.encode(parent.digest, digest);
  const record: CommitRecord = {
    kind: 'commit',
    id: randomName(),
    time: new Date().toISOString(),
    author,
    version: history.newest + 1,
    digest,
    root: randomName(),
    changes: changed ? randomName() : null,
    parents: parent ? [parent.version] : [],
    message,
    files,
    bytes,
    added: changes.added,
    changed: changes.changed,
    removed: changes.removed,
  };
  if (changed && record.changes) await uploads.put(keyOf.changes(datasetId, record.changes), changed);
  await uploads.put(keyOf.root(datasetId, record.root), encodeRoot(root));
  await writeWorkingCopy(folder, { ...state, pending: [...state.pending, record.id] });
  control.signal.throwIfAborted();
  try {
    await appendCommit({ lake, dataset: { id: datasetId, name }, record, basedOn: history, replace });
  } catch (cause) {
    const refused = cause instanceof Outdated || isForebayError(cause, 'newer-version');
    if (!refused) throw new UnknownOutcome(undefined, { cause });
    await writeWorkingCopy(folder, state);
    throw cause;
  }
  const { id: commit, kind: _, ...rest } = record;
  return { ...rest, commit, tags: [] } as VersionRecord;
}

function unchanged(name: string, version: VersionRecord): SyncResult {
  return { ...resultOf(name, version, 0), added: 0, changed: 0, removed: 0 };
}

function resultOf(dataset: string, record: VersionRecord, uploadedBytes: number): SyncResult {
  const { version, digest, files, bytes, added, changed, removed } = record;
  return { dataset, version, digest, files, bytes, added, changed, removed, uploadedBytes };
}

function otherLake(folder: string, name: string): ForebayError {
  return new ForebayError(
    'lake-other',
    `${folder} is a working copy of '${name}' in another lake.`,
    'Start Forebay with that lake, or clone the dataset of this one into another folder.',
  );
}
