import { lstatSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ForebayError } from '../../api/errors.ts';
import { formatRef } from '../../api/ref.ts';
import type { CheckoutResult, Selection } from '../../api/schemas.ts';
import { nothingSelected } from '../../api/selection.ts';
import type { Lake } from '../../lake/lake.ts';
import type { VersionRecord } from '../history.ts';
import { Learned } from '../learned/learned.ts';
import { reserved } from '../manifest/path.ts';
import { entriesIn, readLeaves } from '../manifest/read.ts';
import { randomName } from '../names.ts';
import type { Control } from '../progress.ts';
import { checkedOut, only } from '../scope.ts';
import { measureSelection } from '../selection.ts';
import { findWorkingCopy, writeWorkingCopy } from '../workingCopy/workingCopy.ts';
import { digestAsWritten, recordTree } from './recordTree.ts';
import { removeStaging, stagingFolder } from './stagingFolder.ts';
import { systemError, type TreeSize } from './write/systemError.ts';
import { writeTree } from './writeTree.ts';

export interface CloneRequest {
  lake: Lake;
  lakeId: string;
  datasetId: string;
  /** The dataset's. */
  name: string;
  version: Pick<VersionRecord, 'version' | 'digest' | 'root' | 'files' | 'bytes'>;
  /** Absolute; missing or empty. */
  folder: string;
  /** The part that is wanted; none: the whole version. */
  selection?: Selection | null;
}

/**
 * Makes a new working copy, of a whole version or of the selected part of it. The files are written aside, in `.forebay/`, and appear when all of them are proved;
 * cancelled or failed, it leaves what was there before.
 * Throws `folder-not-empty`, `path-unknown` where nothing is selected, and whatever writeTree throws.
 */
export async function cloneVersion(request: CloneRequest, control: Control): Promise<CheckoutResult> {
  const { folder, version, name } = request;
  await requireEmpty(folder, formatRef(name, version.version));
  const size = await sizeOf(request, control.signal);
  const made = makeFolder(folder);
  const appeared: string[] = [];
  let files: number;
  try {
    files = await writeFiles(request, size, appeared, control);
  } catch (error) {
    for (const name of [...appeared, reserved]) rmSync(join(folder, name), { recursive: true, force: true });
    if (made !== undefined) rmSync(made, { recursive: true, force: true });
    throw error;
  }
  return {
    dataset: name,
    version: version.version,
    folder,
    added: files,
    changed: 0,
    removed: 0,
    conflicts: [],
  };
}

async function sizeOf(
  { lake, datasetId, name, version, selection }: CloneRequest,
  signal: AbortSignal,
): Promise<TreeSize> {
  if (!selection) return version;
  const size = await measureSelection(lake, datasetId, version.root, selection, signal);
  if (size.entries === 0) throw nothingSelected(name, version.version, selection);
  return size;
}

/** Gives how many files there are. */
async function writeFiles(
  request: CloneRequest,
  size: TreeSize,
  appeared: string[],
  control: Control,
): Promise<number> {
  const { lake, lakeId, datasetId, name, version, folder, selection } = request;
  const learned = new Learned(lake, datasetId, control.signal);
  const all = () => learned.fillLeaves(readLeaves(lake, datasetId, version.root, { signal: control.signal }));
  const leaves = selection ? () => only(all(), checkedOut(selection)) : all;
  const staging = stagingFolder(folder, `clone-${randomName()}`);
  const { files } = await writeTree(
    { lake, datasetId, leaves: leaves(), folder: staging, mode: 'clone', size, learned },
    control,
  );
  await learned.save();
  for (const name of readdirSync(staging)) {
    if (lstatSync(join(folder, name), { throwIfNoEntry: false })) throw notEmpty(folder, name);
    renameSync(join(staging, name), join(folder, name));
    appeared.push(name);
  }
  removeStaging(folder);
  await recordTree({ folder, version, entries: entriesIn(leaves()), digestOf: digestAsWritten }, control);
  if (control.signal.aborted) throw new ForebayError('cancelled', 'Cancelled.');
  const dataset = { id: datasetId, name };
  const state = { lake: lakeId, dataset, base: version.version, pending: [] };
  await writeWorkingCopy(folder, selection ? { ...state, selection } : state);
  return files;
}

/** What a killed clone left in `.forebay/` is no content; a working copy's state is. */
async function requireEmpty(folder: string, ref: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found === undefined) return;
  if (!found.isDirectory()) {
    throw new ForebayError('folder-not-empty', `${folder} is a file.`, `Name another folder for ${ref}.`);
  }
  const names = await readdir(folder);
  const content = names.find((name) => name !== reserved);
  if (content !== undefined) throw notEmpty(folder, content);
  if (names.includes(reserved) && (await findWorkingCopy(folder))) throw notEmpty(folder, reserved);
  removeStaging(folder);
}

function notEmpty(folder: string, name: string): ForebayError {
  return new ForebayError(
    'folder-not-empty',
    `${folder} isn't empty: '${name}' is in it.`,
    'Name another folder, or use `forebay data pull` where it is a working copy already.',
  );
}

/** The topmost folder that had to be made, if any. */
function makeFolder(folder: string): string | undefined {
  try {
    return mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw systemError(error, folder, '');
  }
}
