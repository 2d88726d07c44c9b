import { ForebayError, type Problem } from '../api/errors.ts';
import type { Job } from '../api/schemas.ts';

export function hasEnded(job: Job): boolean {
  return job.state !== 'queued' && job.state !== 'running';
}

/** Why an ended job has no result. */
export function failureOf(job: Job): ForebayError {
  if (job.problem) return ForebayError.fromProblem(job.problem as Problem);
  if (job.state === 'interrupted') {
    return new ForebayError('cancelled', `${job.title}: interrupted when the daemon ended.`, 'Run it again.');
  }
  return new ForebayError('cancelled', `${job.title}: cancelled.`);
}
