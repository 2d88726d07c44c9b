import { formatRef } from '../../src/api/ref.ts';
import type { Dataset, DatasetChange, Placement } from '../../src/api/schemas.ts';
import { formatAgo, formatMoment } from '../../src/api/text/moment.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import { cachingView } from '../caching/cachingView.ts';
import { useHost } from '../host.ts';
import { LevelCell } from '../level/LevelCell.tsx';
import type { Level } from '../level/level.ts';
import { useNow } from '../live/useNow.ts';
import { Icon } from '../parts/Icon.tsx';
import { MoreMenu } from '../parts/MoreMenu.tsx';
import { tableView } from '../runs/runsView.ts';
import { DescriptionEditor } from './DescriptionEditor.tsx';
import { LabelsEditor } from './LabelsEditor.tsx';

const verbs: Record<Level['kind'], string> = {
  lake: 'Cache',
  failed: 'Cache',
  queued: 'Caching',
  filling: 'Caching',
  cached: 'Clear',
  clearing: 'Clearing',
};

/** What it is, its newest version, and what can be done with that. */
export function DatasetHeader({ dataset, level, parts, onChange, onLink }: DatasetHeaderProps) {
  const host = useHost();
  const now = useNow(30_000);
  const { name, latest } = dataset;
  const version = latest?.version ?? 0;
  const cached = level.kind === 'cached';
  const idle = cached || level.kind === 'lake' || level.kind === 'failed';
  return (
    <div className="fb-dataset-header">
      <div className="fb-run-title">
        <Icon name="dataset" />
        <h2 className="fb-cell-text" title={name}>
          {name}
        </h2>
        <span className="fb-push" />
        {latest && (
          <>
            {/* One button, so that the focus stays on it. */}
            <button
              type="button"
              className={`fb-button${idle && !cached ? ' fb-button-main' : ''}`}
              aria-disabled={!idle}
              onClick={() => idle && host.act(cached ? 'clear' : 'cache', name, version)}
            >
              {`${verbs[level.kind]} v${version}`}
            </button>
            <button
              type="button"
              className={`fb-button${cached ? ' fb-button-main' : ''}`}
              onClick={() => host.act('insert-mount', name, version)}
            >
              Insert mount code
            </button>
          </>
        )}
        <MoreMenu
          items={{
            'Copy name': () => host.copy(latest ? formatRef(name, version) : name),
            ...(latest && {
              'Copy path': () => host.act('copy-path', name, version),
              'Cache version…': () => host.open(cachingView(formatRef(name, version))),
            }),
            'Copy link': onLink,
            'Runs that used it': () => host.open({ ...tableView, filter: `dataset.name = '${name}'` }),
          }}
        />
      </div>
      <DescriptionEditor text={dataset.description} onChange={(description) => onChange({ description })} />
      <div className="fb-dataset-facts">
        {latest ? (
          <>
            <span>
              <strong className="fb-number">v{version}</strong>{' '}
              <span title={formatMoment(latest.time)}>{formatAgo(latest.time, now)}</span> by {latest.author}
            </span>
            <span className="fb-number">
              {formatCount(latest.files, 'file')}, {formatBytes(latest.bytes)}
            </span>
            <LevelCell {...{ level, parts }} />
          </>
        ) : (
          <span className="fb-dim">No version yet. Sync a folder to make the first.</span>
        )}
        <LabelsEditor labels={dataset.labels} onChange={(labels) => onChange({ labels: [...labels] })} />
      </div>
    </div>
  );
}

interface DatasetHeaderProps {
  dataset: Dataset;
  /** Of the newest version. */
  level: Level;
  /** Of it that are cached. */
  parts: readonly Placement[];
  /** False where it could not be kept, which was said. */
  onChange: (change: DatasetChange) => Promise<boolean>;
  onLink: () => void;
}
