import type { ReactNode } from 'react';
import { errorDetails } from '../../src/api/text/errorDetails.ts';
import { formatClock } from '../../src/api/text/moment.ts';
import { useHost } from '../host.ts';
import type { Failure } from '../live/useLive.ts';

/** Above what was last known, or in its place: what is wrong, and what can be done. */
export function FailureFace({ failure, onRetry, known }: FailureFaceProps) {
  const { copy } = useHost();
  const { error, since } = failure;
  const offline = error.code === 'daemon-unreachable';
  const kind = known ? ' fb-notice' : '';
  return (
    <div className={`fb-face fb-face-${offline ? 'offline' : 'error'}${kind}`} role="alert">
      <p>
        <strong>{offline ? `Offline since ${formatClock(since)}` : 'This could not be read'}</strong>
      </p>
      <p>{known && offline ? 'What is shown is from before. It goes on by itself.' : error.message}</p>
      {error.hint !== undefined && <p className="fb-dim">{error.hint}</p>}
      <div className="fb-buttons">
        <button type="button" className="fb-button" onClick={onRetry}>
          Retry
        </button>
        <button type="button" className="fb-button" onClick={() => copy(errorDetails(error))}>
          Copy details
        </button>
      </div>
    </div>
  );
}

interface FailureFaceProps {
  failure: Failure;
  onRetry: () => void;
  /** Whether something from before is shown below. */
  known: boolean;
}

/** What this place is for and the one next step. */
export function EmptyFace({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="fb-face">
      <p>
        <strong>{title}</strong>
      </p>
      {children}
    </div>
  );
}

/** Lines where text will be; only seen where reading takes longer than a blink (by its animation's delay). */
export function Skeleton({ label }: { label: string }) {
  return (
    <div className="fb-waiting" role="status" aria-label={label}>
      {[62, 44, 71, 38, 55].map((width) => (
        <span key={width} style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
