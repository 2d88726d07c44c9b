import type { Dataset, Placement, Version } from '@forebay/core/api/schemas';
import { type Level, levelOf } from '@forebay/core/ui/level/level';
import type { Snapshot } from '../snapshot.ts';

export interface DatasetRow {
  kind: 'dataset';
  key: string;
  dataset: Dataset;
  /** That of the latest version, since a bare name means the latest. */
  level: Level;
  /** The newest version that is cached, where the latest is not. */
  older: Placement | null;
  expanded: boolean;
  position: number;
  count: number;
}

export interface VersionRow {
  kind: 'version';
  key: string;
  dataset: string;
  version: Version;
  latest: boolean;
  /** Whether the author tells this version from its siblings: not where one person made them all. */
  authorTells: boolean;
  level: Level;
  placements: readonly Placement[];
  position: number;
  count: number;
}

/** A line that is not data: what is missing, or what comes next. */
export interface NoteRow {
  kind: 'note';
  key: string;
  depth: 1 | 2;
  note: 'loading' | 'more' | 'none' | 'failed';
  text: string;
  /** Whose versions go on here; null for the datasets. */
  dataset: string | null;
}

export type Row = DatasetRow | VersionRow | NoteRow;

export interface RowOptions {
  filter: string;
  cachedOnly: boolean;
  expanded: ReadonlySet<string>;
}

const isCached = (placement: Placement) => placement.state === 'ready';

function matches(dataset: Dataset, filter: string): boolean {
  const wanted = filter.trim().toLowerCase().replace(/@.*$/, '');
  return dataset.name.includes(wanted) || dataset.description.toLowerCase().includes(wanted);
}

function byVersion(placements: readonly Placement[]): Map<string, Placement[]> {
  return Map.groupBy(placements, (one) => `${one.dataset}@v${one.version}`);
}

/** Of each dataset that is cached at all, a place of its newest cached version. */
function newestCached(placements: readonly Placement[]): Map<string, Placement> {
  const newest = new Map<string, Placement>();
  for (const one of placements.filter(isCached)) {
    const known = newest.get(one.dataset);
    if (!known || one.version > known.version) newest.set(one.dataset, one);
  }
  return newest;
}

/** The datasets that the filter leaves, each followed by its versions while it is open. */
export function rowsOf(snapshot: Snapshot, options: RowOptions): Row[] {
  const placed = byVersion(snapshot.placements);
  const newest = newestCached(snapshot.placements);
  const datasets = snapshot.datasets.filter(
    (one) => matches(one, options.filter) && (!options.cachedOnly || newest.has(one.name)),
  );
  const rows: Row[] = [];
  datasets.forEach((dataset, index) => {
    const level = levelOf(
      placed.get(`${dataset.name}@v${dataset.latest?.version ?? 0}`) ?? [],
      snapshot.jobs,
    );
    const expanded = options.expanded.has(dataset.name);
    rows.push({
      kind: 'dataset',
      key: dataset.name,
      dataset,
      level,
      older: level.kind === 'cached' ? null : (newest.get(dataset.name) ?? null),
      expanded,
      position: index + 1,
      count: datasets.length,
    });
    if (expanded) rows.push(...versionRows(dataset, snapshot, placed, options.cachedOnly));
  });
  if (snapshot.nextDatasets !== null) {
    rows.push({ kind: 'note', key: '+', depth: 1, note: 'more', text: 'More datasets', dataset: null });
  }
  return rows;
}

function versionRows(
  dataset: Dataset,
  snapshot: Snapshot,
  placed: Map<string, Placement[]>,
  cachedOnly: boolean,
): Row[] {
  const { name } = dataset;
  const note = (kind: NoteRow['note'], text: string): NoteRow => ({
    kind: 'note',
    key: `${name}+`,
    depth: 2,
    note: kind,
    text,
    dataset: name,
  });
  const list = snapshot.versions.get(name);
  if (!list || (list.state === 'loading' && list.items.length === 0))
    return [note('loading', 'Reading versions')];
  const items = list.items.filter(
    (one) => !cachedOnly || (placed.get(`${name}@v${one.version}`) ?? []).some(isCached),
  );
  const authorTells = new Set(list.items.map((one) => one.author)).size > 1;
  const rows: Row[] = items.map((version, index) => {
    const key = `${name}@v${version.version}`;
    const placements = placed.get(key) ?? [];
    return {
      kind: 'version',
      key,
      dataset: name,
      version,
      latest: version.version === dataset.latest?.version,
      authorTells,
      level: levelOf(placements, snapshot.jobs),
      placements,
      position: index + 1,
      count: items.length,
    };
  });
  if (list.state === 'failed')
    rows.push(note('failed', list.error?.message ?? 'The versions could not be read.'));
  else if (list.next !== null) rows.push(note('more', 'Older versions'));
  else if (rows.length === 0) rows.push(note('none', 'No version yet'));
  return rows;
}
