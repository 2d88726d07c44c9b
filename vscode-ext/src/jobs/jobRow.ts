import type { Job } from '@forebay/core/api/schemas';
import { formatDuration } from '@forebay/core/api/text/units';
import { percentOf } from '../levels/level.ts';
import { escapeMarkdown, type Row, say } from '../tree/row.ts';
import { jobWords } from './jobWords.ts';

export function jobRow(job: Job): Row {
  const percent = percentOf(job.progress);
  const left = job.progress.secondsLeft;
  const description = say(
    job.state === 'queued' ? 'waiting' : percent === null ? job.progress.phase : `${percent}%`,
    job.state === 'running' && left !== null && `${formatDuration(left)} left`,
  );
  return {
    id: job.id,
    label: job.title,
    description,
    icon: job.state === 'queued' ? 'clock' : 'sync~spin',
    tooltip: [`**${escapeMarkdown(job.title)}**`, escapeMarkdown(jobWords(job))].join('\n\n'),
    spoken: `${job.title}, ${description}`,
    context: 'job',
    expandable: false,
  };
}
