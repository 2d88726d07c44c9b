import { errorDetails } from '@forebay/core/api/text/errorDetails';
import { formatClock, formatMoment } from '@forebay/core/api/text/moment';
import { Clipboard } from '@jupyterlab/apputils';
import type { Failure } from '../model/snapshot.ts';
import { commandIds } from '../plugins/commandIds.ts';
import { useAfter, useHost } from './host.ts';

/** The list as it will look, once reading takes longer than a blink. */
export function Skeleton() {
  if (!useAfter(150)) return <div className="fb-tree" />;
  return (
    <div className="fb-tree fb-skeleton" role="status" aria-label="Reading datasets">
      {[62, 44, 71, 38, 55].map((width) => (
        <div className="fb-skeleton-row" key={width}>
          <span style={{ width: `${width}%` }} />
          <span className="fb-skeleton-gauge" />
        </div>
      ))}
    </div>
  );
}

export function Empty() {
  const { run } = useHost();
  return (
    <div className="fb-face">
      <p>
        <strong>No datasets yet</strong>
      </p>
      <p className="fb-dim">
        A dataset is a folder of files, kept as versions that never change. Make the first one of a folder on
        this server:
      </p>
      <div className="fb-buttons">
        <button type="button" className="fb-button fb-button-main" onClick={() => run(commandIds.sync)}>
          Sync folder as new version…
        </button>
        <button type="button" className="fb-button" onClick={() => run(commandIds.setUp)}>
          Set up lake and caches
        </button>
      </div>
      <p className="fb-dim fb-or">Or in a terminal, in the folder itself:</p>
      <pre className="fb-code">{'forebay data init NAME\nforebay data sync'}</pre>
    </div>
  );
}

export function NothingFound({ onClear }: { onClear: () => void }) {
  return (
    <div className="fb-face">
      <p className="fb-dim">No dataset matches the filter.</p>
      <div className="fb-buttons">
        <button type="button" className="fb-button" onClick={onClear}>
          Clear the filter
        </button>
      </div>
    </div>
  );
}

export interface FailureFaceProps {
  kind: 'error' | 'offline' | 'not-allowed';
  failure: Failure;
  /** Above the last known state instead of in its place. */
  stale: boolean;
}

const titles = { error: 'The datasets could not be read', offline: 'Offline', 'not-allowed': 'Not allowed' };

function titleOf({ kind, failure }: FailureFaceProps): string {
  return kind === 'offline' ? `Offline since ${formatClock(failure.since)}` : titles[kind];
}

export function FailureFace(props: FailureFaceProps) {
  const { run } = useHost();
  const { error, since } = props.failure;
  return (
    <div className={`fb-face fb-face-${props.kind}${props.stale ? ' fb-face-stale' : ''}`} role="alert">
      <p title={formatMoment(new Date(since).toISOString())}>
        <strong>{titleOf(props)}</strong>
      </p>
      <p>{error.message}</p>
      {error.hint !== undefined && <p className="fb-dim">{error.hint}</p>}
      <div className="fb-buttons">
        <button type="button" className="fb-button fb-button-main" onClick={() => run(commandIds.refresh)}>
          Retry
        </button>
        {error.code.startsWith('lake-') && (
          <button type="button" className="fb-button" onClick={() => run(commandIds.setUp)}>
            Set up lake and caches
          </button>
        )}
        <button
          type="button"
          className="fb-button"
          onClick={() => Clipboard.copyToSystem(errorDetails(error))}
        >
          Copy details
        </button>
      </div>
    </div>
  );
}
