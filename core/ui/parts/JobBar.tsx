import type { Job } from '../../src/api/schemas.ts';
import { phaseOf, progressParts } from '../../src/api/text/progressText.ts';
import { fractionOf, percentOf } from '../level/level.ts';

/** A job's bar with files, bytes, rate and time left below it. */
export function JobBar({ job }: { job: Job }) {
  const fraction = fractionOf(job.progress);
  const waiting = job.state === 'queued';
  const phase = phaseOf(job.title, job.progress);
  const parts = waiting
    ? ['Waiting for its turn']
    : [...(phase === null ? [] : [phase]), ...progressParts(job.progress)];
  return (
    <div className="fb-job-bar">
      <progress className="fb-progress" aria-label={job.title} max={1} value={fraction} />
      <span className="fb-job-bar-words fb-dim fb-number">
        {!waiting && <span>{percentOf(fraction)}</span>}
        {parts.map((part) => (
          <span key={part}>{part}</span>
        ))}
      </span>
    </div>
  );
}
