import type { Job } from '../../api/schemas.ts';
import { formatBytes, formatDuration } from '../../api/text/units.ts';
import { formatNumber } from './format.ts';

/** One line on a job: 'Filling mnist@v2  ████████░░░░  62%  writing  1,204 of 1,797 files  2.1 MB  38.2 MB/s  4 s left'. */
export function progressLine(job: Job, width: number): string {
  const { progress } = job;
  const share = shareOf(job);
  const phase = job.state === 'queued' ? 'queued' : progress.phase;
  const parts = [
    job.title,
    share === null ? '' : `${gauge(share)}  ${Math.floor(share * 100)}%`,
    phase,
    files(progress.files, progress.filesTotal, job.kind === 'import-runs' ? 'runs' : 'files'),
    progress.bytes > 0 ? formatBytes(progress.bytes) : '',
    progress.bytesPerSecond ? `${formatBytes(progress.bytesPerSecond)}/s` : '',
    (progress.secondsLeft ?? 0) < 1 ? '' : `${formatDuration(progress.secondsLeft ?? 0)} left`,
  ];
  return fit(
    parts.filter((part) => part !== ''),
    width,
  );
}

/** How much is done, from 0 to 1, by bytes where they are known; null where nothing is. */
export function shareOf({ progress }: Job): number | null {
  if (progress.bytesTotal) return Math.min(1, progress.bytes / progress.bytesTotal);
  if (progress.filesTotal) return Math.min(1, progress.files / progress.filesTotal);
  return null;
}

function gauge(share: number): string {
  const full = Math.round(share * 20);
  return '█'.repeat(full) + '░'.repeat(20 - full);
}

function files(count: number, total: number | null, noun: string): string {
  if (total !== null) return `${formatNumber(count)} of ${formatNumber(total)} ${noun}`;
  return count > 0 ? `${formatNumber(count)} ${noun}` : '';
}

/** What doesn't fit is left out from the end, a whole part at a time: a line that wraps can't be drawn over. */
function fit(parts: string[], width: number): string {
  const kept = [...parts];
  while (kept.length > 1 && kept.join('  ').length >= width) kept.pop();
  return kept.join('  ').slice(0, Math.max(1, width - 1));
}
