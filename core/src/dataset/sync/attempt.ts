import { ForebayError } from '../../api/errors.ts';
import type { SyncResult } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { findDatasetById } from '../catalog.ts';
import { readHistory, type VersionRecord } from '../history.ts';
import { Learned } from '../learned/learned.ts';
import { beginAt } from '../log/log.ts';
import { type Root, readRoot } from '../manifest/root.ts';
import { keyOf } from '../names.ts';
import type { Control } from '../progress.ts';
import { FolderRows } from '../recorded/folderRows.ts';
import { RecordedIndex } from '../recorded/read.ts';
import { IndexWriter } from '../recorded/write.ts';
import { relocateVersion } from '../rewrite/relocate.ts';
import {
  fileSystemTime,
  readWorkingCopy,
  recordedFile,
  removeLeftovers,
  writeWorkingCopy,
} from '../workingCopy/workingCopy.ts';
import { type Built, buildManifest } from './build.ts';
import { commitVersion } from './commit.ts';
import { compareFolder, type FolderState } from './compareFolder.ts';
import { damagedIn } from './damaged.ts';
import { forgetPacks, forgetUploaded, readUploaded } from './journal.ts';
import { gatherKnown } from './known.ts';
import { newerVersion } from './outdated.ts';
import { lookOutside } from './outside.ts';
import { Packing } from './packing.ts';
import { type Pair, pairWithParent } from './pairs.ts';
import { settlePending } from './settle.ts';
import type { Start, SyncOptions } from './start.ts';
import type { Uploads } from './uploads.ts';

/** One attempt at a sync; throws `Outdated` where the log overtook it, and `UnknownOutcome`. */
export async function attemptSync(
  options: SyncOptions,
  uploads: Uploads,
  control: Control,
): Promise<SyncResult> {
  const { folder } = options;
  const start = await openFolder(options, control.signal);
  await removeLeftovers(folder);
  const now = await fileSystemTime(folder);
  const recorded = RecordedIndex.open(recordedFile(folder));
  const index = new IndexWriter(recordedFile(folder));
  try {
    const found = await compareFolder(folder, recorded, index, { now, ...control });
    const isParent = start.parent !== undefined && recorded?.header?.digest === start.parent.digest;
    if (start.parent && isParent && found.same && !start.damaged.any) {
      index.discard();
      return await standsAsItIs(folder, start, start.parent);
    }
    const scanned = { found, now, isParent, index };
    const { version, healed, resumedBytes } = await makeVersion(options, start, scanned, uploads, control);
    await forgetUploaded(folder);
    await writeWorkingCopy(folder, { ...start.state, base: version.version, pending: [] });
    index.publish({ version: version.version, digest: version.digest });
    if (version.version === start.parent?.version) {
      return unchanged(start.name, version, healed ? uploads.bytes : 0);
    }
    return resultOf(start.name, version, { uploadedBytes: uploads.bytes, resumedBytes });
  } catch (error) {
    index.discard();
    throw error;
  } finally {
    recorded?.close();
  }
}

interface Scanned {
  found: FolderState;
  /** The file system's time before the folder was scanned, milliseconds. */
  now: number;
  /** The folder is recorded as the parent. */
  isParent: boolean;
  index: IndexWriter;
}

async function standsAsItIs(
  folder: string,
  { state, name }: Start,
  parent: VersionRecord,
): Promise<SyncResult> {
  if (state.base !== parent.version) await writeWorkingCopy(folder, { ...state, base: parent.version });
  return unchanged(name, parent, 0);
}

async function openFolder(
  { lake, lakeId, folder, replace, log, damaged: known }: SyncOptions,
  signal: AbortSignal,
): Promise<Start> {
  const found = await readWorkingCopy(folder);
  if (found.lake !== lakeId) throw otherLake(folder, found.dataset.name);
  const { name } = await findDatasetById(lake, found.dataset.id, found.dataset.name, signal);
  if (log) beginAt(lake, keyOf.log(found.dataset.id), log);
  const history = await readHistory(lake, found.dataset.id, signal);
  const state = await settlePending(folder, found, history);
  const newer = history.versions.filter((version) => version.version > state.base);
  if (newer.length > 0 && !replace) throw newerVersion(name, state.base, newer);
  const parent = history.versions.at(-1);
  const damaged = await damagedIn(lake, found.dataset.id, parent?.root, known, signal);
  return { state, name, history, parent, damaged };
}

/** Uploads and commits; gives the parent where the folder turns out to be the same, healed where that was needed. */
async function makeVersion(
  options: SyncOptions,
  start: Start,
  scanned: Scanned,
  uploads: Uploads,
  control: Control,
): Promise<{ version: VersionRecord; healed: boolean; resumedBytes: number }> {
  const made = await uploadVersion(options, start, scanned, uploads, control);
  if (start.parent?.digest !== made.root.digest) {
    const version = await commitVersion(options, start, made, uploads, control);
    return { version, healed: false, resumedBytes: made.resumedBytes };
  }
  const { parent, damaged, state, history } = start;
  await forgetUploaded(options.folder);
  if (!damaged.any) {
    await uploads.discard();
    return { version: parent, healed: false, resumedBytes: 0 };
  }
  const { lake, author } = options;
  const { collects } = history;
  const put = (key: string, bytes: Uint8Array) => uploads.put(key, bytes);
  const sending = () => uploads.commitSent();
  const version = await relocateVersion(
    { lake, datasetId: state.dataset.id, version: parent, root: made.root, collects, author, put, sending },
    control.signal,
  );
  return { version, healed: true, resumedBytes: made.resumedBytes };
}

async function uploadVersion(
  { lake, folder }: SyncOptions,
  { state, name, parent, damaged }: Start,
  { found, now, isParent: recorded, index }: Scanned,
  uploads: Uploads,
  control: Control,
): Promise<Built> {
  const datasetId = state.dataset.id;
  const { signal } = control;
  const root = parent && (await readRoot(lake, datasetId, parent.root, signal));
  const uploaded = await readUploaded(lake, folder, datasetId, signal);
  const { selection } = state;
  const asItIs = recorded && !selection && !damaged.any;
  const shared = { lake, datasetId, parent: root, recorded: asItIs, damaged, folder: found, signal };
  const outside =
    parent && selection
      ? await lookOutside({
          name,
          folder,
          parent,
          selection,
          links: found.links,
          pairs: allPairs(shared, index),
          signal,
        })
      : undefined;
  const known = await gatherKnown({ ...shared, index: index.path, uploaded });
  // What is recorded as another version may have to be read though it didn't change.
  const unread = asItIs ? found.unread : found.all;
  const packing = new Packing({ datasetId, folder, known, unread, uploads, control });
  try {
    const built = await buildManifest({ ...shared, index, outside, known, packing, now, uploads });
    await packing.finish();
    await dropPacks(folder, datasetId, packing.unused(built.root.packs), uploads);
    return built;
  } finally {
    await packing.finish();
  }
}

async function dropPacks(
  folder: string,
  datasetId: string,
  packs: ReadonlySet<string>,
  uploads: Uploads,
): Promise<void> {
  if (packs.size === 0) return;
  const keys = new Set([...packs].map((pack) => keyOf.pack(datasetId, pack)));
  await forgetPacks(folder, (key) => keys.has(key));
  await uploads.discard((key) => keys.has(key));
}

/** What the parent and the folder have at each path, read to the end before anything is uploaded. */
async function* allPairs(
  shared: { lake: Lake; datasetId: string; parent: Root | undefined; signal: AbortSignal },
  index: IndexWriter,
): AsyncGenerator<Pair[]> {
  const rows = RecordedIndex.openUnfinished(index.path);
  const learned = new Learned(shared.lake, shared.datasetId, shared.signal);
  try {
    yield* pairWithParent({ ...shared, rows: new FolderRows(rows), recorded: false, learned });
  } finally {
    rows.close();
  }
}

/** Uploaded was nothing, or what healed the version. */
function unchanged(name: string, version: VersionRecord, uploadedBytes: number): SyncResult {
  const sent = { uploadedBytes, resumedBytes: 0 };
  return { ...resultOf(name, version, sent), added: 0, changed: 0, removed: 0 };
}

function resultOf(
  dataset: string,
  record: VersionRecord,
  sent: { uploadedBytes: number; resumedBytes: number },
): SyncResult {
  const { version, digest, files, bytes, added, changed, removed } = record;
  return { dataset, version, digest, files, bytes, added, changed, removed, ...sent };
}

function otherLake(folder: string, name: string): ForebayError {
  return new ForebayError(
    'lake-other',
    `${folder} is a working copy of '${name}' in another lake.`,
    'Start Forebay with that lake, or clone the dataset of this one into another folder.',
  );
}
