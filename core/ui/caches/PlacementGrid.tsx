import { useMemo } from 'react';
import { mountCode } from '../../src/api/code/mountCode.ts';
import type { Job, Lease, Placement } from '../../src/api/schemas.ts';
import { describeSelection } from '../../src/api/selection.ts';
import { formatAgo, formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes } from '../../src/api/text/units.ts';
import { cancelJob } from '../actions/cancelJob.ts';
import { clearPlacements } from '../actions/clearPlacements.ts';
import { datasetView } from '../dataset/datasetView.ts';
import type { GridColumn } from '../grid/column.ts';
import { Grid } from '../grid/Grid.tsx';
import { sorted, sortOf } from '../grid/sort.ts';
import { useHost } from '../host.ts';
import { holderName, holderSentence } from '../lease/holders.ts';
import { Gauge } from '../level/Gauge.tsx';
import { levelOf, levelSentence, percentOf } from '../level/level.ts';
import { Pin } from '../level/Pin.tsx';
import { useNow } from '../live/useNow.ts';
import { EmptyFace } from '../parts/Faces.tsx';
import { MiddleName } from '../parts/MiddleName.tsx';
import type { CachesView } from './cachesView.ts';
import { countdownOf } from './countdown.ts';
import { PlacementActions } from './PlacementActions.tsx';

/** What is cached, a line each: its level, size, last use, when it goes, who uses it, and what can be done. */
export function PlacementGrid({ placements, jobs, leases, several, view, onChange }: PlacementGridProps) {
  const host = useHost();
  const now = useNow(30_000);
  const columns = useMemo(() => columnsOf({ jobs, leases, several, now }), [jobs, leases, several, now]);
  const rows = useMemo(() => {
    const words = view.search.toLowerCase();
    const found = placements.filter(({ dataset }) => dataset.includes(words));
    const { id, descending } = sortOf(view.sort);
    return sorted(found, descending, keys[id] ?? byUse);
  }, [placements, view.search, view.sort]);
  const act = (placement: Placement) => {
    if (placement.job !== null && placement.state !== 'evicting') void cancelJob(host, placement.job);
    else if (placement.state === 'ready') void clearPlacements(host, [placement]);
  };
  return (
    <Grid
      label="What is cached"
      rows={rows}
      columns={columns}
      keyOf={({ id }) => id}
      sort={view.sort}
      onSort={(sort) => onChange({ sort })}
      onOpen={({ dataset, version }) => host.open(datasetView(dataset, { tab: 'files', version }))}
      onAct={act}
      codeOf={mountCodeOf}
    >
      {rows.length === 0 && (
        <EmptyFace title={placements.length === 0 ? 'Nothing is cached' : 'No cached version has this name'}>
          <p className="fb-dim">
            {placements.length === 0
              ? 'Cache a version from the side bar or the page of its dataset.'
              : 'Clear the search to see all.'}
          </p>
        </EmptyFace>
      )}
    </Grid>
  );
}

/** A part is mounted as the part that it is. */
export const mountCodeOf = ({ dataset, version, selection }: Placement): string =>
  mountCode(dataset, version, selection);

const byUse = ({ lastUsed }: Placement) => Date.parse(lastUsed);

export const keys: Record<string, (placement: Placement) => string | number | null> = {
  version: ({ dataset, version }) => `${dataset} ${version}`,
  cache: ({ cache }) => cache,
  part: ({ selection }) => (selection ? describeSelection(selection) : ''),
  size: ({ bytes }) => bytes,
  files: ({ files }) => files,
  used: byUse,
  goes: ({ expires }) => (expires === null ? null : Date.parse(expires)),
  leases: ({ leases }) => leases,
};

interface Around {
  jobs: readonly Job[];
  leases: readonly Lease[];
  several: boolean;
  now: number;
}

export function columnsOf({ jobs, leases, several, now }: Around): GridColumn<Placement>[] {
  const level = (placement: Placement) => levelOf([placement], jobs);
  const stateOf = (placement: Placement) => {
    const is = level(placement);
    if (is.kind === 'filling') return percentOf(is.fraction);
    return placement.state === 'ready'
      ? 'cached'
      : placement.state === 'evicting'
        ? 'clearing'
        : placement.state;
  };
  const of = ({ id }: Placement) => leases.filter(({ placement }) => placement === id);
  const problem = ({ problem }: Placement) => [problem?.detail, problem?.hint].filter(Boolean).join(' ');
  return [
    {
      id: 'version',
      title: 'Version',
      width: 140,
      grows: true,
      hint: ({ dataset, version }) => `${dataset}@v${version}`,
      cell: ({ dataset, version, selection }) => (
        <span className="fb-cell-name-line">
          <MiddleName name={dataset} />
          <span className="fb-dim">{`v${version}`}</span>
          {selection && <span className="fb-tag">part</span>}
        </span>
      ),
    },
    {
      id: '',
      title: 'State',
      width: 96,
      hint: (placement) => problem(placement) || levelSentence(level(placement)),
      cell: (placement) => (
        <span className="fb-cell-level">
          <Gauge level={level(placement)} />
          <Pin level={level(placement)} />
          <span className={placement.problem ? 'fb-problem' : ''}>
            {placement.problem && placement.state === 'ready' ? 'damaged' : stateOf(placement)}
          </span>
        </span>
      ),
    },
    ...(several
      ? [
          {
            id: 'cache',
            title: 'Cache',
            width: 112,
            from: 740,
            hint: ({ cache }: Placement) => cache,
            cell: ({ cache }: Placement) => cache,
          },
        ]
      : []),
    {
      id: 'part',
      title: 'Part',
      width: 112,
      from: 996,
      hint: ({ selection }) => (selection ? describeSelection(selection) : 'The whole version'),
      cell: ({ selection }) =>
        selection ? describeSelection(selection) : <span className="fb-dim">whole</span>,
    },
    {
      id: 'size',
      title: 'Size',
      width: 80,
      numeric: true,
      from: 460,
      cell: ({ bytes }) => formatBytes(bytes),
    },
    {
      id: 'files',
      title: 'Files',
      width: 80,
      numeric: true,
      from: 1076,
      cell: ({ files }) => files.toLocaleString('en-US'),
    },
    {
      id: 'used',
      title: 'Last used',
      width: 100,
      numeric: true,
      from: 628,
      hint: ({ lastUsed }) => formatMoment(lastUsed),
      cell: ({ lastUsed }) => formatAgo(lastUsed, now),
    },
    {
      id: 'goes',
      title: 'Ages out',
      width: 80,
      numeric: true,
      from: 540,
      hint: ({ expires }) => (expires === null ? '' : formatMoment(expires)),
      cell: (placement) => countdownOf(placement, now),
    },
    {
      id: 'leases',
      title: 'Used by',
      width: 144,
      from: 884,
      hint: (placement) =>
        of(placement)
          .map((lease) => holderSentence(lease, now))
          .join('\n'),
      cell: (placement) => of(placement).map(holderName).join(', '),
    },
    {
      id: '',
      title: 'Actions',
      width: 136,
      cell: (placement) => <PlacementActions placement={placement} />,
    },
  ];
}

interface PlacementGridProps {
  placements: readonly Placement[];
  jobs: readonly Job[];
  leases: readonly Lease[];
  /** More than one cache is there. */
  several: boolean;
  view: CachesView;
  onChange: (some: Partial<CachesView>) => void;
}
