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
import { writeWorkingCopy } from '../workingCopy/workingCopy.ts';
import type { Made } from './nextManifest.ts';
import { newerVersion, Outdated } from './outdated.ts';
import type { Start, SyncOptions } from './start.ts';
import type { Uploads } from './uploads.ts';

/** The commit request was sent, and nobody knows yet whether it arrived. */
export class UnknownOutcome extends Error {
  override readonly name = 'UnknownOutcome';

  /** `again`: what finds out, and makes the version if it wasn't. */
  toForebayError(again = 'Sync again'): ForebayError {
    const cause = ForebayError.from(this.cause);
    return new ForebayError(
      cause.code === 'internal' ? 'lake-unreachable' : cause.code,
      `The new version was sent, but its answer got lost: ${cause.message}`,
      `${again}: it finds out whether the version was made, and makes it if not.`,
      { cause },
    );
  }
}

/** What is to become a version, and after what. */
export interface Proposal {
  lake: Lake;
  datasetId: string;
  history: History;
  parent: VersionRecord | undefined;
  made: Made;
  message: string;
  author: string;
  /** URL of the prefix that it was imported from. */
  imported?: string;
}

export interface Sending {
  /** Throws where the log has moved on in a way that this commit may not follow. */
  check(now: History): void;
  /** Right before the commit with this id is sent. */
  before(commit: string): Promise<void>;
  /** It is certain that the commit never arrives. */
  refused(): Promise<void>;
}

/** Uploads what is left and appends the commit of a folder; its id is in the working copy before the request is sent. */
export async function commitVersion(
  { lake, folder, message, author, replace }: SyncOptions,
  { state, name, history, parent }: Start,
  made: Made,
  uploads: Uploads,
  control: Control,
): Promise<VersionRecord> {
  const { pending } = state;
  const proposal = { lake, datasetId: state.dataset.id, history, parent, made, message, author };
  const sending: Sending = {
    check(now) {
      const newer = now.versions.filter((version) => version.version > history.newest);
      // An earlier commit of this folder arrived late.
      if (newer.some(({ commit }) => pending.includes(commit))) throw new Outdated();
      if (newer.length > 0 && !replace) throw newerVersion(name, history.newest, newer);
    },
    before: (commit) => writeWorkingCopy(folder, { ...state, pending: [...pending, commit] }),
    refused: () => writeWorkingCopy(folder, state),
  };
  return appendVersion(proposal, sending, uploads, control);
}

/**
 * Uploads what is left of a version and appends its commit. Throws what `check` throws, `Outdated` where the parent
 * moved or objects were collected, `UnknownOutcome` where the commit was sent and may have arrived.
 */
export async function appendVersion(
  proposal: Proposal,
  sending: Sending,
  uploads: Uploads,
  control: Control,
): Promise<VersionRecord> {
  const { lake, datasetId, history, parent, made } = proposal;
  const { root, changes } = made;
  const { files, bytes, digest } = root;
  control.report({ phase: 'committing', files, filesTotal: files, bytes, bytesTotal: bytes });
  const changed = parent && changes.encode(parent.digest, digest);
  const record = recordOf(proposal, changed !== undefined);
  if (changed && record.changes) await uploads.put(keyOf.changes(datasetId, record.changes), changed);
  await uploads.put(keyOf.root(datasetId, record.root), encodeRoot(root));
  control.signal.throwIfAborted();
  await sending.before(record.id);
  const decide = (state: DatasetState) => {
    const now = historyOf(state);
    sending.check(now);
    if (now.newest !== history.newest || now.collects !== history.collects) throw new Outdated();
    // Whose pages and packs are used again.
    const there = parent && now.versions.find(({ version }) => version === parent.version);
    if (there?.root !== parent?.root) throw new Outdated();
    uploads.commitSent();
    return record;
  };
  try {
    await appendRecord(lake, keyOf.log(datasetId), datasetLog, decide, control.signal);
  } catch (cause) {
    const refused = cause instanceof Outdated || isForebayError(cause, 'newer-version');
    if (uploads.named && !refused) throw new UnknownOutcome(undefined, { cause });
    uploads.commitRefused();
    await sending.refused();
    throw cause;
  }
  const { id: commit, kind: _, ...rest } = record;
  return { ...rest, commit, tags: [], imported: record.imported };
}

function recordOf(
  { history, parent, made, message, author, imported }: Proposal,
  withChanges: boolean,
): CommitRecord {
  const { root, changes } = made;
  return {
    kind: 'commit',
    id: randomName(),
    time: new Date().toISOString(),
    author,
    version: history.newest + 1,
    digest: root.digest,
    root: randomName(),
    changes: withChanges ? randomName() : null,
    parents: parent ? [parent.version] : [],
    message,
    files: root.files,
    bytes: root.bytes,
    added: changes.added,
    changed: changes.changed,
    removed: changes.removed,
    ...(imported === undefined ? {} : { imported }),
  };
}
