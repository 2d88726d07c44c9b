import { useRef } from 'react';
import { isForebayError } from '../../src/api/errors.ts';
import type { Job, Placement } from '../../src/api/schemas.ts';
import { cancelJob } from '../actions/cancelJob.ts';
import { readySentence, whenReady } from '../actions/fillVersion.ts';
import { type Actor, useHost } from '../host.ts';
import { useLive } from '../live/useLive.ts';
import { FailureFace, Skeleton } from '../parts/Faces.tsx';
import { JobBar } from '../parts/JobBar.tsx';

/** A fill as it goes, and what can be done once it is there, failed or was cancelled. */
export function FillProgress({ id, job: jobId, onRetry, onLeave }: FillProgressProps) {
  const host = useHost();
  const { value, failure, reload } = useLive(
    async ({ placements, jobs }): Promise<Filling> => {
      const [placement, job] = await Promise.all([
        placements.get(id).catch((error: unknown) => {
          // A fill that was cancelled leaves nothing.
          if (isForebayError(error, 'not-cached')) return null;
          throw error;
        }),
        jobId === null ? null : jobs.get(jobId),
      ]);
      return { placement, job };
    },
    ({ kind, subject }) => subject === id || subject === jobId || kind === 'placement',
    [id, jobId],
  );
  if (failure && !value) return <FailureFace failure={failure} onRetry={reload} known={false} />;
  if (!value) return <Skeleton label="Reading the fill" />;
  return <State {...value} actor={host} onRetry={onRetry} onLeave={onLeave} />;
}

interface Filling {
  placement: Placement | null;
  job: Job | null;
}

function State({ placement, job, actor, onRetry, onLeave }: StateProps) {
  const said = useRef('');
  if (placement?.state === 'ready') {
    said.current = readySentence(placement, job);
    return (
      <div role="status">
        <p>
          <strong>{said.current}</strong>
        </p>
        <p className="fb-dim fb-caching-path" title={placement.path ?? ''}>
          {placement.path}
        </p>
        <div className="fb-buttons">
          {whenReady(actor, placement).map(({ label, act }, at) => (
            <button
              key={label}
              type="button"
              className={`fb-button${at === 0 ? ' fb-button-main' : ''}`}
              onClick={() => {
                act();
                if (label === 'Insert mount code') onLeave();
              }}
            >
              {label}
            </button>
          ))}
        </div>
      </div>
    );
  }
  const problem = placement?.state === 'failed' ? placement.problem : (job?.problem ?? null);
  if (placement?.state === 'failed' || job?.state === 'failed' || job?.state === 'interrupted') {
    return (
      <div className="fb-face-error fb-caching-outcome" role="alert">
        <p>
          <strong>{problem?.detail ?? 'The fill was interrupted.'}</strong>
        </p>
        {problem?.hint && <p className="fb-dim">{problem.hint}</p>}
        <p className="fb-dim">What was fetched already is kept and need not be fetched again.</p>
        <div className="fb-buttons">
          <button type="button" className="fb-button fb-button-main" onClick={onRetry}>
            Retry
          </button>
        </div>
      </div>
    );
  }
  if (job?.state === 'cancelled' || !placement) {
    return (
      <div role="status">
        <p>
          <strong>Cancelled. Nothing of it was kept.</strong>
        </p>
        <div className="fb-buttons">
          <button type="button" className="fb-button" onClick={onRetry}>
            Cache it after all
          </button>
        </div>
      </div>
    );
  }
  return (
    <div>
      {job ? <JobBar job={job} /> : <p className="fb-dim">Waiting for its turn</p>}
      <div className="fb-buttons">
        {job && (
          <button type="button" className="fb-button" onClick={() => void cancelJob(actor, job.id)}>
            Cancel
          </button>
        )}
        <button type="button" className="fb-button" onClick={onLeave}>
          Go on in the background
        </button>
      </div>
    </div>
  );
}

interface FillProgressProps {
  /** Of the placement. */
  id: string;
  job: string | null;
  onRetry: () => void;
  onLeave: () => void;
}

interface StateProps extends Filling {
  actor: Actor;
  onRetry: () => void;
  onLeave: () => void;
}
