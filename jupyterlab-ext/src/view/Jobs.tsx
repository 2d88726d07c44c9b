import type { Job } from '@forebay/core/api/schemas';
import { phaseOf, progressParts } from '@forebay/core/api/text/progressText';
import { MiddleName } from '@forebay/core/ui';
import { fractionOf, percentOf } from '@forebay/core/ui/level/level';
import { closeIcon } from '@jupyterlab/ui-components';
import { commandIds } from '../plugins/commandIds.ts';
import { useHost } from './host.ts';
import { IconButton } from './IconButton.tsx';

function JobCard({ job }: { job: Job }) {
  const { run } = useHost();
  const fraction = fractionOf(job.progress);
  const waiting = job.state === 'queued';
  const phase = phaseOf(job.title, job.progress);
  return (
    <li className="fb-job">
      <span className="fb-job-head">
        <MiddleName name={job.title} />
        <span className="fb-number">{waiting ? 'queued' : percentOf(fraction)}</span>
        <IconButton
          icon={closeIcon}
          label={`Cancel: ${job.title}`}
          onClick={() => run(commandIds.cancel, { id: job.id })}
        />
      </span>
      <progress className="fb-progress" aria-label={job.title} max={1} value={fraction} />
      {!waiting && (
        <span className="fb-job-words fb-dim fb-number">
          {phase !== null && <span>{phase}</span>}
          {progressParts(job.progress).map((part) => (
            <span key={part}>{part}</span>
          ))}
        </span>
      )}
    </li>
  );
}

export function Jobs({ jobs }: { jobs: readonly Job[] }) {
  if (jobs.length === 0) return null;
  return (
    <section className="fb-section" aria-label="Jobs">
      <h3 className="fb-section-title">Jobs</h3>
      <ul className="fb-list">
        {jobs.map((job) => (
          <JobCard key={job.id} job={job} />
        ))}
      </ul>
    </section>
  );
}
