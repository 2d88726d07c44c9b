import type { Progress } from '../schemas.ts';
import { formatBytes, formatCount, formatDuration } from './units.ts';

/** '612 of 1,797 files', or '612 files' while the total is not known. */
function filesOf({ files, filesTotal }: Progress): string {
  return filesTotal === null
    ? formatCount(files, 'file')
    : `${files.toLocaleString('en-US')} of ${formatCount(filesTotal, 'file')}`;
}

function bytesOf({ bytes, bytesTotal }: Progress): string {
  return bytesTotal === null ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(bytesTotal)}`;
}

/** What a running job says under its bar: files, bytes, rate, time left; only what is known. */
export function progressParts(progress: Progress): string[] {
  const { files, filesTotal, bytes, bytesTotal } = progress;
  if (filesTotal === null && bytesTotal === null && files === 0 && bytes === 0) return ['Starting'];
  const parts = [filesOf(progress), bytesOf(progress)];
  if (progress.bytesPerSecond) parts.push(`${formatBytes(Math.round(progress.bytesPerSecond))}/s`);
  if (progress.secondsLeft !== null) parts.push(`${formatDuration(progress.secondsLeft)} left`);
  return parts;
}

/** The step that a job is at, where its title doesn't say so already: 'Uploading' of 'Syncing scans'. */
export function phaseOf(title: string, { phase }: Progress): string | null {
  if (phase === 'queued' || title.toLowerCase().startsWith(phase)) return null;
  return phase.charAt(0).toUpperCase() + phase.slice(1);
}
