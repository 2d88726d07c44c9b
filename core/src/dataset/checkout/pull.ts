import { ForebayError, isForebayError } from '../../api/errors.ts';
import type { CheckoutResult, Selection } from '../../api/schemas.ts';
import type { Lake } from '../../lake/lake.ts';
import { findDatasetById } from '../catalog.ts';
import { comparePaths, type Entry, type FileEntry } from '../entry.ts';
import { readHistory, type VersionRecord } from '../history.ts';
import { Learned } from '../learned/learned.ts';
import { entriesIn, readLeaves } from '../manifest/read.ts';
import { randomName } from '../names.ts';
import type { Control } from '../progress.ts';
import { recordedDigests } from '../recorded/digests.ts';
import { scanFolder } from '../scan/scan.ts';
import { only, scopeOf } from '../scope.ts';
import type { Selects } from '../selection.ts';
import { settlePending } from '../sync/settle.ts';
import { readWorkingCopy, recordedFile, writeWorkingCopy } from '../workingCopy/workingCopy.ts';
import { applyMerge } from './merge/applyMerge.ts';
import { changedPaths, contentOf } from './merge/changedPaths.ts';
import { linkConflicts } from './merge/linkConflicts.ts';
import { type Merge, merge, type Sides } from './merge/merge.ts';
import { Mine } from './merge/mine.ts';
import { Replaced } from './merge/Replaced.ts';
import { recordedBase } from './merge/recordedBase.ts';
import { type Choice, choicesOf, resolve } from './merge/resolve.ts';
import { whoChanged } from './merge/whoChanged.ts';
import { digestAsWritten, recordTree } from './recordTree.ts';
import { removeStaging, stagingFolder } from './stagingFolder.ts';
import { writeTree } from './writeTree.ts';

export interface PullRequest {
  lake: Lake;
  lakeId: string;
  /** A working copy. */
  folder: string;
  /** Tells what would come, and changes nothing. */
  dryRun?: boolean | undefined;
  /** What a person chose, by path, of what both sides changed; else the folder keeps its own. */
  choices?: Readonly<Record<string, Choice>> | undefined;
}

/**
 * Brings the newest version into a working copy, three-way by path: what only the dataset changed is taken, what only
 * the folder changed stays, and what both changed is listed while the folder keeps its own. New contents are written
 * aside and proved before one of them is put in its place; a pull that was cut off is simply done again.
 * What a person let it replace is kept below `.forebay/replaced`. A working copy of a part takes what is selected, and what it has itself.
 * Throws `not-a-working-copy`, `lake-other`, and what scanning, the lake and writeTree throw.
 */
export async function pullVersions(request: PullRequest, control: Control): Promise<CheckoutResult> {
  const { lake, lakeId, folder, dryRun = false, choices = {} } = request;
  const found = await readWorkingCopy(folder);
  if (found.lake !== lakeId) throw otherLake(folder, found.dataset.name);
  const { id: datasetId } = found.dataset;
  const { name } = await findDatasetById(lake, datasetId, found.dataset.name, control.signal);
  const history = await readHistory(lake, datasetId, control.signal);
  const state = await settlePending(folder, found, history);
  const newest = history.versions.at(-1);
  const result = { dataset: name, folder, added: 0, changed: 0, removed: 0, conflicts: [] };
  if (!newest || newest.version <= state.base) return { ...result, version: state.base };
  if (!dryRun) removeStaging(folder);
  const base = [...history.versions, ...history.removed].find(({ version }) => version === state.base);
  try {
    const { selection } = state;
    const nameAll = async (clashes: Clash[]) => {
      const paths = clashes.map(({ path }) => path);
      const by = await whoChanged({ lake, datasetId, history, base: state.base }, paths, control.signal);
      return clashes.map((clash) => ({ ...clash, by: briefOf(by.get(clash.path) ?? newest) }));
    };
    const applied = await bringIn(
      { lake, datasetId, folder, base, newest, selection, dryRun, choices, nameAll },
      control,
    );
    if (!dryRun) await writeWorkingCopy(folder, { ...state, base: newest.version });
    return { ...result, ...applied, version: newest.version };
  } catch (error) {
    throw control.signal.aborted ? new ForebayError('cancelled', 'The pull was cancelled.') : error;
  } finally {
    if (!dryRun) removeStaging(folder);
  }
}

interface BringIn {
  lake: Lake;
  datasetId: string;
  folder: string;
  /** Undefined for none: then every difference is a conflict. One that was removed may be gone from the lake. */
  base: VersionRecord | undefined;
  newest: VersionRecord;
  selection: Selection | undefined;
  dryRun: boolean;
  choices: Readonly<Record<string, Choice>>;
  /** Who made each clash. */
  nameAll(clashes: Clash[]): Promise<NamedClash[]>;
}

type NamedClash = NonNullable<CheckoutResult['clashes']>[number];
type Clash = Omit<NamedClash, 'by'>;
type Brought = Pick<CheckoutResult, 'added' | 'changed' | 'removed' | 'conflicts' | 'clashes' | 'replaced'>;

async function bringIn(
  { lake, datasetId, folder, base, newest, selection, dryRun, choices, nameAll }: BringIn,
  control: Control,
): Promise<Brought> {
  const learned = new Learned(lake, datasetId, control.signal);
  const tree = await scanFolder(folder, control);
  const digests = recordedDigests(tree, recordedFile(folder));
  const mine = new Mine(folder, tree, digests);
  const inScope = selection && scopeOf(selection, recordedFile(folder));
  const entriesOf = (version: VersionRecord | undefined): AsyncIterable<Entry> => {
    if (!version) return nothing();
    const all = learned.fillLeaves(readLeaves(lake, datasetId, version.root, { signal: control.signal }));
    const wanted: Selects = (entry) => inScope?.(entry) || mine.found(entry.path) !== undefined;
    return entriesIn(inScope ? only(all, wanted) : all);
  };
  const changed = await changedPaths(entriesOf(base), entriesOf(newest)).catch((error) => {
    if (!isForebayError(error, 'damaged')) throw error;
    return changedPaths(recordedBase(tree, recordedFile(folder), base?.digest), entriesOf(newest));
  });
  await mine.learn(changed, control.signal);
  const sides = changed.map(({ path, base, theirs }) => ({
    path,
    base: contentOf(base),
    mine: mine.at(path),
    theirs: contentOf(theirs),
  }));
  const found = linkConflicts(merge(sides, mine), mine);
  const theirs = new Map(changed.map((change) => [change.path, change.theirs]));
  const isFree = (path: string) => mine.found(path) === undefined && !theirs.has(path);
  const chosen = resolve(found, sides, choices, { version: newest.version, isFree });
  const merged = linkConflicts(chosen, mine);
  // Before anything is written: what fails from then on leaves a changed folder on its old base.
  const clashes = await nameAll(clashesOf(found, sides));
  if (dryRun) return { ...countOf(merged.take), conflicts: merged.conflicts, clashes };
  for (const [path, other] of merged.beside) {
    const entry = theirs.get(path);
    if (entry) theirs.set(other, { ...entry, path: other });
  }
  merged.take.sort((a, b) => comparePaths(a.path, b.path));
  const wanted = new Set(merged.take.filter(({ theirs }) => theirs !== undefined).map(({ path }) => path));
  const files = [...wanted].map((path) => theirs.get(path)).filter((entry) => entry?.kind === 'file');
  const staging = stagingFolder(folder, `pull-${randomName()}`);
  const size = { files: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) };
  await writeTree(
    { lake, datasetId, leaves: [files], folder: staging, mode: 'clone', size, learned },
    control,
  );
  await learned.save();
  if (control.signal.aborted) throw new ForebayError('cancelled', 'The pull was cancelled.');
  const replaced = new Replaced(folder, Date.now());
  const clashing = new Set(found.conflicts);
  const keep = (path: string) => clashing.has(path) && replaced.keep(path);
  const applied = applyMerge({ folder, staging, take: merged.take, theirs, mine, keep });
  const written = new Set(applied.written);
  const digestOf = (at: Parameters<typeof digestAsWritten>[0], entry: FileEntry | undefined) =>
    written.has(at.path) ? digestAsWritten(at, entry) : mine.knownDigest(at);
  await recordTree({ folder, version: newest, entries: entriesOf(newest), digestOf }, control);
  const { added, changed: overwritten, removed } = applied;
  const conflicts = [...merged.conflicts, ...applied.conflicts].sort();
  const counts = { added, changed: overwritten, removed };
  return { ...counts, conflicts, clashes, ...(replaced.kept && { replaced: replaced.kept }) };
}

/** What both sides did to a path, and what a person can choose. */
function clashesOf({ conflicts, blocked }: Merge, sides: readonly Sides[]): Clash[] {
  const byPath = new Map(sides.map((each) => [each.path, each]));
  const noPlace = new Set(blocked);
  const did = (base: string | undefined, now: string | undefined): Clash['mine'] =>
    now === undefined ? 'removed' : base === undefined ? 'added' : 'changed';
  return conflicts.flatMap((path) => {
    const side = byPath.get(path);
    if (!side) return [];
    const { base, mine, theirs } = side;
    const what = { mine: mine === base ? ('kept' as const) : did(base, mine), theirs: did(base, theirs) };
    return [{ path, ...what, choices: choicesOf(side, noPlace.has(path)) }];
  });
}

function countOf(take: readonly Sides[]): { added: number; changed: number; removed: number } {
  const count = (is: (side: Sides) => boolean) => take.filter(is).length;
  return {
    added: count(({ mine, theirs }) => mine === undefined && theirs !== undefined),
    changed: count(({ mine, theirs }) => mine !== undefined && theirs !== undefined),
    removed: count(({ theirs }) => theirs === undefined),
  };
}

const briefOf = ({ version, author, time, message }: VersionRecord) => ({ version, author, time, message });

async function* nothing(): AsyncGenerator<Entry> {}

function otherLake(folder: string, name: string): ForebayError {
  return new ForebayError(
    'lake-other',
    `${folder} is a working copy of '${name}' in another lake.`,
    'Start Forebay with that lake, or clone the dataset of this one into another folder.',
  );
}
