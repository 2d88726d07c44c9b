import { formatRef } from '../../src/api/ref.ts';
import { formatAgo } from '../../src/api/text/moment.ts';
import { formatBytes, formatCount } from '../../src/api/text/units.ts';
import { useHost } from '../host.ts';
import { LevelCell } from '../level/LevelCell.tsx';
import { usePlaces } from '../level/usePlaces.ts';
import { useLive } from '../live/useLive.ts';
import { useNow } from '../live/useNow.ts';
import { datasetView } from './datasetView.ts';

/** What a cell mounted, as it is now: where it is cached, and whether somebody made a newer version. */
export function MountedVersion({ dataset, version, path }: MountedVersionProps) {
  const host = useHost();
  const now = useNow(30_000);
  const places = usePlaces(dataset);
  const { value } = useLive(
    async ({ datasets, versions }) => {
      const [{ latest }, mounted] = await Promise.all([
        datasets.get(dataset),
        versions.get(dataset, `v${version}`),
      ]);
      return { latest, mounted };
    },
    ({ kind, subject }) => kind === 'dataset' && subject === dataset,
    [dataset, version],
  );
  const { latest, mounted } = value ?? {};
  return (
    <div className="fb-mounted">
      <p className="fb-mounted-what">
        <button
          type="button"
          className="fb-text-button"
          onClick={() => host.open(datasetView(dataset, { tab: 'files', version }))}
        >
          {formatRef(dataset, version)}
        </button>
        <span className="fb-dim fb-number">
          {mounted ? `${formatCount(mounted.files, 'file')}, ${formatBytes(mounted.bytes)}` : ''}
        </span>
        <LevelCell level={places.levelOf(dataset, version)} parts={places.partsOf(dataset, version)} />
        <code className="fb-dim" title={path}>
          {path}
        </code>
      </p>
      {latest && latest.version > version && (
        <p className="fb-mounted-newer" role="note">
          <span>
            v{latest.version} is newer, made {formatAgo(latest.time, now)} by {latest.author}
            {latest.message === '' ? '.' : `: ${latest.message}`}
          </span>
          <button
            type="button"
            className="fb-text-button"
            onClick={() => host.act('insert-mount', dataset, latest.version)}
          >
            Insert code for v{latest.version}
          </button>
          <button type="button" className="fb-text-button" onClick={() => host.open(datasetView(dataset))}>
            See versions
          </button>
        </p>
      )}
    </div>
  );
}

interface MountedVersionProps {
  dataset: string;
  version: number;
  path: string;
}
