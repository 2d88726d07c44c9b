import { ForebayError, isForebayError } from '../../api/errors.ts';
import type { Lake } from '../../lake/lake.ts';
import { type History, historyOf, type VersionRecord } from '../history.ts';
import { datasetLog } from '../log/kinds.ts';
import { appendRecord } from '../log/log.ts';
import type { CommitRecord } from '../log/records.ts';
import type { DatasetState } from '../log/state.ts';
import { encodeRoot } from '../manifest/root.ts';
import { keyOf, randomName } from '../names.ts';
import type { Control } from '../progress.ts';
import type { SyncOptions } from '../sync.ts';
import { writeWorkingCopy } from '../workingCopy.ts';
import type { Start } from './attempt.ts';
import type { Made } from './build.ts';
import { newerVersion, Outdated } from './outdated.ts';
import type { Uploads } from './uploads.ts';

/** The commit request was sent, and nobody knows yet whether it arrived. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';

  toForebayError(): ForebayError {
    const cause = ForebayError.from(this.cause);
    return new ForebayError(
      cause.code === 'internal' ? 'lake-unreachable' : cause.code,
      `The new version was sent, but its answer got lost: ${cause.message}`,
      'Sync again: it finds out whether the version was made, and makes it if not.',
      { cause },
    );
  }
}

/** Uploads what is left and appends the commit; its id is in the working copy before the request is sent. */
export async function commitVersion(
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
  control.signal.throwIfAborted();
  await writeWorkingCopy(folder, { ...state, pending: [...state.pending, record.id] });
  try {
    const { pending } = state;
    await appendCommit(
      { lake, datasetId, name, record, basedOn: history, pending, replace, uploads },
      control,
    );
  } catch (cause) {
    const refused = cause instanceof Outdated || isForebayError(cause, 'newer-version');
    if (uploads.named && !refused) throw new UnknownOutcome(undefined, { cause });
    uploads.commitRefused();
    await writeWorkingCopy(folder, state);
    throw cause;
  }
  const { id: commit, kind: _, ...rest } = record;
  return { ...rest, commit, tags: [] } as VersionRecord;
}

/**
 * Appends the commit unless another version came first: then `newer-version`, or `Outdated` where the folder is to
 * become the next version whatever came between. Also `Outdated` where the parent moved, objects were collected, or
 * an earlier commit of this folder arrived late. After these two it is certain that the commit never arrives.
 */
async function appendCommit(
  options: {
    lake: Lake;
    datasetId: string;
    name: string;
    record: CommitRecord;
    basedOn: History;
    /** Earlier commits of this folder whose outcome isn't known. */
    pending: string[];
    replace: boolean;
    uploads: Uploads;
  },
  { signal }: Control,
): Promise<void> {
  const { lake, datasetId, name, record, basedOn, pending, replace, uploads } = options;
  const decide = (state: DatasetState) => {
    const now = historyOf(state);
    const newer = now.versions.filter((version) => version.version > basedOn.newest);
    if (newer.some(({ commit }) => pending.includes(commit))) throw new Outdated();
    if (newer.length > 0 && !replace) throw newerVersion(name, basedOn.newest, newer);
    if (now.newest !== basedOn.newest || now.moves !== basedOn.moves) throw new Outdated();
    uploads.commitSent();
    return record;
  };
  await appendRecord(lake, keyOf.log(datasetId), datasetLog, decide, signal);
}
