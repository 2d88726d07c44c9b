import { ForebayError } from '../api/errors.ts';
import { checkTag, formatRef, formatSelector, type Selector } from '../api/ref.ts';
import type { Lake } from '../lake/lake.ts';
import { datasetLog } from './log/kinds.ts';
import { appendRecord, readLog, snapshotOf } from './log/log.ts';
import { type DatasetState, emptyDataset } from './log/state.ts';
import { keyOf, randomName } from './names.ts';

/** A version as its dataset's log has it now: `root` and `tags` as later records left them. */
export interface VersionRecord {
  version: number;
  /** Random, of its commit record. */
  commit: string;
  /** `sha256:HEX` of the logical manifest. */
  digest: string;
  /** Name of the object `roots/<root>`. */
  root: string;
  parents: number[];
  author: string;
  message: string;
  /** RFC 3339, UTC. */
  time: string;
  files: number;
  bytes: number;
  /** Entries against the parent: files, links and empty folders. */
  added: number;
  changed: number;
  removed: number;
  tags: string[];
  /** Name of the object `changes/<changes>`, or null where none was written. */
  changes: string | null;
  /** URL of the prefix that it was imported from; undefined where it was synced. */
  imported: string | undefined;
}

export interface History {
  /** Ascending, without the removed ones. */
  versions: VersionRecord[];
  /** What is no longer there; what they referred to may still be. */
  removed: VersionRecord[];
  tags: Map<string, number>;
  /** The newest number ever used; numbers are never used again. 0: none yet. */
  newest: number;
  /** Number of the log's last record. */
  seq: number;
  /** How often objects were named as garbage: whoever is about to refer to some must know of every time. */
  collects: number;
}

export async function readHistory(lake: Lake, datasetId: string, signal?: AbortSignal): Promise<History> {
  return historyOf(await readLog(lake, keyOf.log(datasetId), datasetLog, signal));
}

/** What is known here without asking the lake; undefined where nobody has looked. */
export function knownHistory(lake: Lake, datasetId: string): History | undefined {
  const known = snapshotOf<DatasetState>(lake, keyOf.log(datasetId));
  return known && historyOf(known.state);
}

export function historyOf(state: DatasetState): History {
  const removed = new Set(state.removed);
  const tags = new Map(Object.entries(state.tags));
  const tagsOf = Map.groupBy(tags.keys(), (tag) => tags.get(tag));
  const all = state.commits.map((commit) => ({
    version: commit.version,
    commit: commit.id,
    digest: commit.digest,
    root: state.roots[commit.version] ?? commit.root,
    parents: commit.parents,
    author: commit.author,
    message: commit.message,
    time: commit.time,
    files: commit.files,
    bytes: commit.bytes,
    added: commit.added,
    changed: commit.changed,
    removed: commit.removed,
    tags: tagsOf.get(commit.version) ?? [],
    changes: commit.changes,
    imported: commit.imported,
  }));
  return {
    versions: all.filter(({ version }) => !removed.has(version)),
    removed: all.filter(({ version }) => removed.has(version)),
    tags,
    newest: state.commits.at(-1)?.version ?? 0,
    seq: state.seq,
    collects: state.collects.length,
  };
}

/** Of a dataset that isn't there yet. */
export function emptyHistory(): History {
  return historyOf(emptyDataset());
}

/** The version that `selector` means; `name` is the dataset's, for messages. Throws `version-unknown`. */
export function pickVersion(history: History, name: string, selector: Selector): VersionRecord {
  const found = matching(history, selector);
  if (found.length === 1 && found[0]) return found[0];
  const newest = history.versions.at(-1);
  if (!newest) {
    throw new ForebayError(
      'version-unknown',
      `${name} has no version yet.`,
      'Sync a folder to make the first one.',
    );
  }
  const problem = found.length > 1 ? 'means more than one version' : "doesn't exist";
  throw new ForebayError(
    'version-unknown',
    `${name}@${formatSelector(selector)} ${problem}.`,
    `The newest version is ${formatRef(name, newest.version)}.${tagsHint(history)}`,
  );
}

function matching(history: History, selector: Selector): VersionRecord[] {
  const { versions, tags } = history;
  switch (selector.kind) {
    case 'latest':
      return versions.slice(-1);
    case 'number':
      return versions.filter((version) => version.version === selector.number);
    case 'tag':
      return versions.filter((version) => version.version === tags.get(selector.tag));
    case 'digest': {
      const found = versions.filter((version) => version.digest.startsWith(`sha256:${selector.prefix}`));
      const digests = new Set(found.map((version) => version.digest));
      return digests.size === 1 ? found.slice(-1) : found;
    }
  }
}

function tagsHint({ tags }: History): string {
  if (tags.size === 0) return '';
  const some = [...tags.keys()].slice(0, 5).join(', ');
  return tags.size > 5 ? ` Its tags are ${some} and ${tags.size - 5} more.` : ` Its tags: ${some}.`;
}

/** Names a version; moving a tag is untag, then tag. The same tag on the same version again is no error. */
export async function tagVersion(
  lake: Lake,
  datasetId: string,
  version: number,
  tag: string,
  author: string,
): Promise<void> {
  checkTag(tag);
  const stamp = { id: randomName(), time: new Date().toISOString(), author };
  const current = (state: DatasetState) => historyOf(state).tags.get(tag);
  if (current(await readLog(lake, keyOf.log(datasetId), datasetLog)) === version) return;
  await appendRecord(lake, keyOf.log(datasetId), datasetLog, (state) => {
    const taken = current(state);
    if (taken !== undefined) {
      throw new ForebayError(
        'tag-exists',
        `The tag '${tag}' is on v${taken} already.`,
        `Remove it there first with \`forebay data untag NAME ${tag}\`, or choose another.`,
      );
    }
    if (!historyOf(state).versions.some((known) => known.version === version)) {
      throw new ForebayError('version-unknown', `There is no v${version} to tag.`);
    }
    return { kind: 'tag' as const, ...stamp, tag, version };
  });
}

export async function untagVersion(
  lake: Lake,
  datasetId: string,
  tag: string,
  author: string,
): Promise<void> {
  const stamp = { id: randomName(), time: new Date().toISOString(), author };
  await appendRecord(lake, keyOf.log(datasetId), datasetLog, (state) => {
    if (!historyOf(state).tags.has(tag)) {
      throw new ForebayError('version-unknown', `There is no tag '${tag}' to remove.`);
    }
    return { kind: 'untag' as const, ...stamp, tag };
  });
}

/** The version is no longer there, its tags neither; its number is never used again. Throws `version-unknown`. */
export async function removeVersion(
  lake: Lake,
  dataset: { id: string; name: string },
  version: number,
  author: string,
): Promise<VersionRecord> {
  const stamp = { id: randomName(), time: new Date().toISOString(), author };
  let removed: VersionRecord | undefined;
  await appendRecord(lake, keyOf.log(dataset.id), datasetLog, (state) => {
    removed = pickVersion(historyOf(state), dataset.name, { kind: 'number', number: version });
    return { kind: 'remove' as const, ...stamp, version };
  });
  return removed as VersionRecord;
}
