import { useRef } from 'react';
import type { HistoryEntry } from '../../src/api/schemas.ts';
import { formatPart } from '../../src/api/selection.ts';
import { formatAgo, formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes, formatDuration } from '../../src/api/text/units.ts';
import { datasetView } from '../dataset/datasetView.ts';
import type { GridColumn } from '../grid/column.ts';
import { Grid } from '../grid/Grid.tsx';
import { useHost } from '../host.ts';
import { useNow } from '../live/useNow.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { Icon } from '../parts/Icon.tsx';
import type { CachesView } from './cachesView.ts';
import { sayEntry } from './sayHistory.ts';
import { Timeline } from './Timeline.tsx';
import { useHistory } from './useHistory.ts';

/** What was cached and cleared, when, why, and for whom. */
export function History({ view, cache, onChange }: HistoryProps) {
  const host = useHost();
  const now = useNow(30_000);
  const { value, failure, reload, more } = useHistory(cache);
  const last = useRef(value);
  if (value) last.current = value;
  const known = last.current;
  const words = view.search.toLowerCase();
  const entries = (known?.entries ?? []).filter(
    ({ kind, dataset }) => (view.kind === 'all' || kind === view.kind) && dataset.includes(words),
  );
  if (!known) {
    return failure ? (
      <FailureFace failure={failure} onRetry={reload} known={false} />
    ) : (
      <Skeleton label="Reading the history" />
    );
  }
  return (
    <div className="fb-history">
      <div className="fb-toolbar">
        <label>
          Show
          <select
            className="fb-select"
            value={view.kind}
            onChange={(event) => onChange({ kind: event.target.value as CachesView['kind'] })}
          >
            <option value="all">fills and evictions</option>
            <option value="fill">fills</option>
            <option value="eviction">evictions</option>
          </select>
        </label>
        {!known.whole && (
          <button type="button" className="fb-button" onClick={more}>
            Show older
          </button>
        )}
      </div>
      {entries.length > 0 && <Timeline entries={entries} now={now} />}
      <Grid
        label="Fills and evictions, newest first"
        rows={entries}
        columns={columnsOf(now)}
        keyOf={({ id }) => String(id)}
        sort="-time"
        onSort={() => undefined}
        onOpen={({ dataset, version }) => host.open(datasetView(dataset, { tab: 'files', version }))}
      >
        {entries.length === 0 && (
          <EmptyFace
            title={known.entries.length === 0 ? 'Nothing has happened yet' : 'Nothing like this has happened'}
          >
            <p className="fb-dim">Fills and evictions are written down here, each with its reason.</p>
          </EmptyFace>
        )}
      </Grid>
    </div>
  );
}

const columnsOf = (now: number): GridColumn<HistoryEntry>[] => [
  {
    id: 'time',
    title: 'When',
    width: 96,
    hint: ({ time }) => formatMoment(time),
    cell: ({ time }) => formatAgo(time, now),
  },
  {
    id: 'what',
    title: 'What',
    width: 160,
    grows: true,
    hint: sayEntry,
    cell: (entry) => (
      <span className={`fb-history-what${entry.outcome === 'failed' ? ' fb-problem' : ''}`}>
        <Icon
          name={entry.outcome === 'failed' ? 'failed' : entry.kind === 'fill' ? 'cache' : 'clear'}
          className="fb-dim"
        />
        <span className="fb-cell-text">{sayEntry(entry)}</span>
      </span>
    ),
  },
  {
    id: 'version',
    title: 'Version',
    width: 160,
    hint: ({ dataset, version, selection }) => formatPart(dataset, version, selection),
    cell: ({ dataset, version, selection }) => formatPart(dataset, version, selection),
  },
  {
    id: 'cache',
    title: 'Cache',
    width: 112,
    from: 680,
    hint: ({ cache }) => cache,
    cell: ({ cache }) => cache,
  },
  { id: 'size', title: 'Size', width: 80, numeric: true, from: 480, cell: ({ bytes }) => formatBytes(bytes) },
  {
    id: 'moved',
    title: 'Moved',
    width: 80,
    numeric: true,
    from: 760,
    hint: ({ kind }) => (kind === 'fill' ? 'That came from the lake' : 'That the disk had back'),
    cell: ({ moved }) => formatBytes(moved),
  },
  {
    id: 'took',
    title: 'Took',
    width: 96,
    numeric: true,
    from: 600,
    cell: ({ seconds }) => (seconds === null ? '' : seconds < 1 ? 'under 1 s' : formatDuration(seconds)),
  },
];

interface HistoryProps {
  view: CachesView;
  /** Only this cache's; empty: all. */
  cache: string;
  onChange: (some: Partial<CachesView>) => void;
}
