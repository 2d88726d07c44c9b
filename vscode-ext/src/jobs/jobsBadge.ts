import type { Job } from '@forebay/core/api/schemas';
import { formatCount } from '@forebay/core/api/text/units';
import { jobRow } from './jobRow.ts';

/** How many jobs run, with what they do on hover; undefined where none does. */
export function jobsBadge(jobs: readonly Job[]): { value: number; tooltip: string } | undefined {
  if (jobs.length === 0) return undefined;
  const [first] = jobs;
  const tooltip =
    first && jobs.length === 1
      ? lineOf(first)
      : [formatCount(jobs.length, 'job'), ...jobs.map(lineOf)].join('\n');
  return { value: jobs.length, tooltip };
}

function lineOf(job: Job): string {
  const { label, description } = jobRow(job);
  return `${label}: ${description}`;
}
