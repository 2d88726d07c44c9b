import { ForebayError, isForebayError } from '../../api/errors.ts';
import { formatImportSource } from '../../api/importSource.ts';
import { formatRef } from '../../api/ref.ts';
import { objectUrl } from '../../lake/external/objectUrl.ts';
import type { Lake } from '../../lake/lake.ts';
import { createDataset, findDataset } from '../catalog.ts';
import { emptyHistory, type History, readHistory, type VersionRecord } from '../history.ts';
import { randomName } from '../names.ts';
import type { Control } from '../progress.ts';
import { pauser } from '../scan/pause.ts';
import { appendVersion, type Sending } from '../sync/commit.ts';
import { type Made, NextManifest } from '../sync/nextManifest.ts';
import { Outdated } from '../sync/outdated.ts';
import type { Uploads } from '../sync/uploads.ts';
import { importedEntry } from './entry.ts';
import type { ImportOptions } from './options.ts';
import type { SortedObjects } from './sortedObjects.ts';
import { FoldersBesideFiles, type Unfit } from './unfit.ts';

/** Where the objects are: the URL of a key is `base` and the key. */
export interface Place {
  endpoint: string | undefined;
  region: string | undefined;
}

/** The dataset as it stands, or as it is going to be made. */
export interface Target {
  datasetId: string;
  exists: boolean;
  history: History;
  parent: VersionRecord | undefined;
}

/** Throws `newer-version` where the newest version isn't an import from the same place: importing would undo it. */
export async function findTarget(
  { lake, name, replace, source }: ImportOptions,
  place: Place,
  signal: AbortSignal,
): Promise<Target> {
  const dataset = await existing(lake, name);
  if (!dataset) return { datasetId: randomName(), exists: false, history: emptyHistory(), parent: undefined };
  const history = await readHistory(lake, dataset.id, signal);
  const parent = history.versions.at(-1);
  if (parent && !replace && parent.imported !== importedFrom(source, place)) {
    throw otherOrigin(name, parent, formatImportSource(source));
  }
  return { datasetId: dataset.id, exists: true, history, parent };
}

/** Makes the version; gives the parent where nothing has changed. Throws `Outdated`, `UnknownOutcome`. */
export async function attemptImport(
  options: ImportOptions,
  { objects, unfit, place }: { objects: SortedObjects; unfit: Unfit; place: Place },
  uploads: Uploads,
  control: Control,
): Promise<VersionRecord & { unchanged: boolean }> {
  const { lake, name, message, author, source } = options;
  const target = await findTarget(options, place, control.signal);
  const { datasetId, history, parent } = target;
  const made = await makeManifest(options, target, objects, unfit, place, uploads, control);
  if (parent?.digest === made.root.digest) {
    await uploads.discard();
    return { ...parent, unchanged: true };
  }
  const sending: Sending = {
    // Whether it may follow what came between is decided by the next attempt.
    check: () => undefined,
    before: () => (target.exists ? Promise.resolve() : create(lake, name, author, datasetId)),
    refused: () => Promise.resolve(),
  };
  const imported = importedFrom(source, place);
  const proposal = { lake, datasetId, history, parent, made, message, author, imported };
  return { ...(await appendVersion(proposal, sending, uploads, control)), unchanged: false };
}

async function makeManifest(
  { lake, source, skip }: ImportOptions,
  { datasetId, parent }: Target,
  objects: SortedObjects,
  listed: Unfit,
  place: Place,
  uploads: Uploads,
  control: Control,
): Promise<Made> {
  const { signal } = control;
  const manifest = await NextManifest.start({
    lake,
    datasetId,
    parentRoot: parent?.root,
    packSize: () => undefined,
    uploads,
    signal,
  });
  const pause = pauser(signal);
  const folders = new FoldersBesideFiles();
  const { bucket, prefix } = source;
  let [files, bytes] = [0, 0];
  for await (const object of objects.inOrder()) {
    const file = folders.add(object.path);
    if (file !== undefined) {
      listed.add(prefix + object.path, `lies below '${prefix}${file}', which is an object itself`);
      continue;
    }
    const found = manifest.before(object.path);
    const before = found instanceof Promise ? await found : found;
    const url = objectUrl({ ...place, bucket, key: prefix + object.path });
    const full = manifest.add(importedEntry(object, url, before));
    if (full) await full;
    files++;
    bytes += object.size;
    control.report({ phase: 'uploading', files, filesTotal: null, bytes, bytesTotal: null });
    const rest = pause();
    if (rest) await rest;
  }
  if (listed.count > 0 && !skip) throw listed.toError(source);
  return manifest.finish();
}

/** The last moment: an import that comes to nothing leaves no dataset. */
async function create(lake: Lake, name: string, author: string, id: string): Promise<void> {
  try {
    await createDataset(lake, { name, description: '', author, id });
  } catch (error) {
    // Somebody else made it in between.
    if (isForebayError(error, 'dataset-exists')) throw new Outdated();
    throw error;
  }
}

async function existing(lake: Lake, name: string) {
  return findDataset(lake, name).catch((error: unknown) => {
    if (isForebayError(error, 'dataset-unknown')) return undefined;
    throw error;
  });
}

function importedFrom({ bucket, prefix }: ImportOptions['source'], place: Place): string {
  return objectUrl({ ...place, bucket, key: prefix });
}

function otherOrigin(name: string, newest: VersionRecord, source: string): ForebayError {
  const what = newest.message ? `: "${newest.message}"` : '';
  const ref = formatRef(name, newest.version);
  const how = newest.imported === undefined ? 'by syncing a folder' : `by importing ${newest.imported}`;
  return new ForebayError(
    'newer-version',
    `${newest.author} made ${ref} on ${newest.time} ${how}${what}; importing ${source} would undo that.`,
    'Import it as a dataset of another name; or make it the next version anyway with --replace.',
  );
}
