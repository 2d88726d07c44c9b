import type { Version, VersionUse } from '../../src/api/schemas.ts';
import { formatAgo, formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import type { GridColumn } from '../grid/column.ts';
import { sorted, sortOf } from '../grid/sort.ts';
import type { Host } from '../host.ts';
import { LevelCell } from '../level/LevelCell.tsx';
import type { Places } from '../level/usePlaces.ts';
import { GlyphButton } from '../parts/GlyphButton.tsx';
import { Tags } from '../parts/Tags.tsx';
import { runView } from '../run/runView.ts';
import { tableView } from '../runs/runsView.ts';

export interface VersionFacts {
  dataset: string;
  newest: number;
  used: ReadonlyMap<number, VersionUse>;
  places: Places;
  /** Milliseconds since 1970. */
  now: number;
  host: Host;
  act: (verb: 'cache' | 'clear' | 'insert-mount', version: number) => void;
  /** Numbers of those that are chosen to be compared. */
  marked: ReadonlySet<string>;
  onMark: (version: number) => void;
}

export function versionColumns(facts: VersionFacts): GridColumn<Version>[] {
  const { dataset, newest, used, places, now, host, act, marked, onMark } = facts;
  const level = ({ version }: Version) => places.levelOf(dataset, version);
  return [
    {
      ...{ id: '', title: 'Select', width: 40 },
      cell: ({ version }) => (
        <input
          type="checkbox"
          tabIndex={-1}
          aria-label={`Select v${version}`}
          checked={marked.has(String(version))}
          onChange={() => onMark(version)}
        />
      ),
    },
    {
      ...{ id: 'version', title: 'Version', width: 96 },
      cell: ({ version }) => (
        <span className={`fb-step${version === newest ? ' fb-step-newest' : ''}`}>v{version}</span>
      ),
    },
    {
      ...{ id: 'message', title: 'Message', width: 160, grows: true },
      cell: ({ version, message, tags }) => (
        <span className="fb-step-what">
          <span className={message === '' ? 'fb-dim fb-cell-text' : 'fb-cell-text'}>
            {message === '' ? 'no message' : message}
          </span>
          <Tags latest={version === newest} names={tags} />
        </span>
      ),
      hint: ({ message, tags }) => [message, tags.join(', ')].filter(Boolean).join('\n'),
    },
    {
      ...{ id: 'time', title: 'Made', width: 88, numeric: true, from: 632 },
      cell: ({ time }) => formatAgo(time, now),
      hint: ({ time }) => formatMoment(time),
    },
    {
      ...{ id: 'author', title: 'Author', width: 80, from: 852 },
      cell: ({ author }) => author,
      hint: ({ author }) => author,
    },
    {
      ...{ id: 'change', title: 'Change', width: 140, numeric: true, from: 772 },
      cell: ({ added, changed, removed }) => (
        <span className="fb-change">
          <span className={added > 0 ? 'fb-added' : 'fb-dim'}>+{added.toLocaleString('en-US')}</span>
          <span className={changed > 0 ? 'fb-changed' : 'fb-dim'}>~{changed.toLocaleString('en-US')}</span>
          <span className={removed > 0 ? 'fb-removed' : 'fb-dim'}>−{removed.toLocaleString('en-US')}</span>
        </span>
      ),
      hint: ({ added, changed, removed }) =>
        `${formatCount(added, 'file')} added, ${changed.toLocaleString('en-US')} changed, ${removed.toLocaleString('en-US')} removed`,
    },
    {
      ...{ id: 'size', title: 'Size', width: 84, numeric: true, from: 544 },
      cell: ({ bytes }) => formatBytes(bytes),
      hint: ({ files, bytes }) => `${formatCount(files, 'file')}, ${formatBytes(bytes)}`,
    },
    {
      ...{ id: 'from', title: 'Made by', width: 136, from: 960 },
      cell: ({ version }) => {
        const maker = used.get(version)?.madeBy;
        return (
          maker && (
            <button
              type="button"
              tabIndex={-1}
              className="fb-text-button"
              onClick={() => host.open(runView(maker.id))}
            >
              {maker.name}
            </button>
          )
        );
      },
      hint: ({ version }) => used.get(version)?.madeBy?.name ?? 'Synced by a person',
    },
    {
      ...{ id: 'runs', title: 'Used by', width: 72, numeric: true, from: 900 },
      cell: ({ version, digest }) => {
        const runs = used.get(version)?.runs ?? 0;
        return runs === 0 ? (
          <span className="fb-dim">none</span>
        ) : (
          <button
            type="button"
            tabIndex={-1}
            className="fb-text-button"
            onClick={() => host.open({ ...tableView, filter: `dataset.digest = '${digest}'` })}
          >
            {formatCount(runs, 'run')}
          </button>
        );
      },
      hint: ({ version }) => {
        const last = used.get(version)?.lastRun;
        return last ? `The newest began ${formatMoment(last)}` : 'No run read it';
      },
    },
    {
      ...{ id: 'cached', title: 'Cached', width: 92 },
      cell: (row) => <LevelCell level={level(row)} parts={places.partsOf(dataset, row.version)} />,
    },
    {
      ...{ id: '', title: 'Actions', width: 72 },
      cell: (row) => {
        const { kind } = level(row);
        return (
          <span className="fb-row-buttons">
            {(kind === 'lake' || kind === 'failed') && (
              <GlyphButton icon="cache" label="Cache version" onClick={() => act('cache', row.version)} />
            )}
            {kind === 'cached' && (
              <GlyphButton icon="clear" label="Clear from cache" onClick={() => act('clear', row.version)} />
            )}
            <GlyphButton
              icon="insert"
              label="Insert mount code"
              onClick={() => act('insert-mount', row.version)}
            />
          </span>
        );
      },
    },
  ];
}

type SortFacts = Pick<VersionFacts, 'dataset' | 'used' | 'places'>;

const levels = ['cached', 'filling', 'queued', 'clearing', 'failed', 'lake'];

/** What a column is sorted by; null stands last. */
const values: Record<string, (version: Version, facts: SortFacts) => string | number | null> = {
  version: ({ version }) => version,
  message: ({ message }) => message,
  time: ({ time }) => Date.parse(time),
  author: ({ author }) => author,
  change: ({ added, changed, removed }) => added + changed + removed,
  size: ({ bytes }) => bytes,
  from: ({ version }, { used }) => used.get(version)?.madeBy?.name ?? null,
  runs: ({ version }, { used }) => used.get(version)?.runs ?? 0,
  cached: ({ version }, { dataset, places }) => levels.indexOf(places.levelOf(dataset, version).kind),
};

export function arrangeVersions(versions: readonly Version[], sort: string, facts: SortFacts): Version[] {
  const { id, descending } = sortOf(sort);
  const value = values[id] ?? (({ version }) => version);
  return sorted(versions, descending, (version) => value(version, facts));
}
