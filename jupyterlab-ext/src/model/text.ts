import type { Progress } from '@forebay/core/api/schemas';
import { formatBytes, formatCount, formatDuration } from '@forebay/core/api/units';

const steps: [seconds: number, unit: string][] = [
  [365 * 86_400, 'y'],
  [7 * 86_400, 'wk'],
  [86_400, 'd'],
  [3600, 'h'],
  [60, 'min'],
];

/** How long ago, in one unit: '2 h'; 'now' within a minute. `now` in milliseconds. */
export function formatAge(time: string, now: number): string {
  const seconds = (now - Date.parse(time)) / 1000;
  for (const [length, unit] of steps) {
    if (seconds >= length) return `${Math.floor(seconds / length)} ${unit}`;
  }
  return 'now';
}

/** The exact time in the reader's own zone, for hovering. */
export function formatMoment(time: string): string {
  return new Date(time).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

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

/** A name in two parts, of which only the first may be shortened: so it is shortened in the middle. */
export function splitName(name: string, tail = 8): [head: string, tail: string] {
  return name.length <= tail * 2 ? [name, ''] : [name.slice(0, -tail), name.slice(-tail)];
}
