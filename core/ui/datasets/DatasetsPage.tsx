import { useEffect, useMemo } from 'react';
import { mountCode } from '../../src/api/code/mountCode.ts';
import type { ChangeEvent, LastUse } from '../../src/api/schemas.ts';
import { formatCount } from '../../src/api/text/units.ts';
import { datasetView } from '../dataset/datasetView.ts';
import { Grid } from '../grid/Grid.tsx';
import { useHost } from '../host.ts';
import { usePlaces } from '../level/usePlaces.ts';
import { useList } from '../live/useList.ts';
import { useLive } from '../live/useLive.ts';
import { useNow } from '../live/useNow.ts';
import { useStable } from '../live/useStable.ts';
import { EmptyFace, FailureFace, Skeleton } from '../parts/Faces.tsx';
import { SearchBox } from '../parts/SearchBox.tsx';
import { datasetColumns } from './datasetColumns.tsx';
import { arrangeDatasets, type DatasetRow, datasetRows, labelsOf } from './datasetRows.ts';
import { datasetsSource } from './datasetsSource.ts';
import { type DatasetsView, datasetsView } from './datasetsView.ts';

const unused: readonly LastUse[] = [];
const concernsUse = ({ kind }: ChangeEvent) => kind === 'placement' || kind === 'lease';

/** Every dataset of the lake, found and sorted. */
export function DatasetsPage({ view, onChange }: DatasetsPageProps) {
  const host = useHost();
  const { items, complete, failure, reload } = useList(datasetsSource(host.client), []);
  const places = usePlaces();
  const { value: uses = unused } = useLive(({ placements }) => placements.lastUses(), concernsUse, []);
  const now = useNow(30_000);
  useEffect(() => host.title('Datasets'), [host]);
  const all = useMemo(() => datasetRows(items, places.placements, uses), [items, places.placements, uses]);
  const rows = useMemo(() => arrangeDatasets(all, view), [all, view]);
  const labels = useMemo(() => labelsOf(all), [all]);
  const open = useStable((name: string) => host.open(datasetView(name)));
  const columns = useMemo(() => datasetColumns(places, now, open), [places, now, open]);
  const change = (some: Partial<DatasetsView>) => onChange({ ...view, ...some });
  const narrowed = view.search !== '' || view.label !== '' || view.shown === 'cached';
  return (
    <div className={`fb-page fb-list-page${failure && items.length > 0 ? ' fb-stale' : ''}`}>
      <div className="fb-toolbar">
        <SearchBox
          value={view.search}
          onChange={(search) => change({ search })}
          label="Search datasets"
          placeholder="Search names, descriptions, labels, authors"
        />
        <select
          className="fb-select"
          aria-label="Which datasets"
          value={view.shown}
          onChange={({ target }) => change({ shown: target.value as DatasetsView['shown'] })}
        >
          <option value="all">All datasets</option>
          <option value="cached">Cached only</option>
        </select>
        {(labels.length > 0 || view.label !== '') && (
          <select
            className="fb-select"
            aria-label="Label"
            value={view.label}
            onChange={({ target }) => change({ label: target.value })}
          >
            <option value="">Any label</option>
            {labels.map(({ label, count }) => (
              <option key={label} value={label}>{`${label} (${count})`}</option>
            ))}
          </select>
        )}
        <span className="fb-push" />
        <span className="fb-number fb-dim" aria-live="polite">
          {counted(rows.length, items.length, complete)}
        </span>
      </div>
      {failure && <FailureFace failure={failure} onRetry={reload} known={items.length > 0} />}
      {rows.length > 0 ? (
        <Grid<DatasetRow>
          label="Datasets"
          rows={rows}
          columns={columns}
          keyOf={({ dataset }) => dataset.name}
          sort={view.sort}
          onSort={(sort) => change({ sort })}
          onOpen={({ dataset }) => open(dataset.name)}
          codeOf={({ dataset: { name, latest } }) => (latest ? mountCode(name, latest.version) : undefined)}
        />
      ) : !complete ? (
        !failure && <Skeleton label="Reading datasets" />
      ) : narrowed && items.length > 0 ? (
        <EmptyFace title="No dataset is like that">
          <div className="fb-buttons">
            <button
              type="button"
              className="fb-button"
              onClick={() => change({ ...datasetsView, sort: view.sort })}
            >
              Show all datasets
            </button>
          </div>
        </EmptyFace>
      ) : (
        <EmptyFace title="No datasets yet">
          <p className="fb-dim">
            A dataset is a folder of files, kept as versions that never change. In a terminal, in the folder:
          </p>
          <pre className="fb-code">{'forebay data init NAME\nforebay data sync'}</pre>
        </EmptyFace>
      )}
    </div>
  );
}

function counted(count: number, total: number, complete: boolean): string {
  const all = formatCount(total, 'dataset');
  if (!complete) return total === 0 ? '' : `${all} so far`;
  return count === total ? all : `${count.toLocaleString('en-US')} of ${all}`;
}

interface DatasetsPageProps {
  view: DatasetsView;
  onChange: (view: DatasetsView) => void;
}
