import type { Job } from '@forebay/core/api/schemas';
import { formatBytes, formatDuration } from '@forebay/core/api/text/units';

/** '1,024 of 1,797 files, 1.2 MB of 1.9 MB, 212 MB/s, 4 s left'. */
export function jobWords({ progress, state }: Job): string {
  if (state === 'queued') return 'waiting';
  const { files, filesTotal, bytes, bytesTotal, bytesPerSecond, secondsLeft } = progress;
  const count = (n: number) => n.toLocaleString('en-US');
  const parts = [
    filesTotal === null ? `${count(files)} files` : `${count(files)} of ${count(filesTotal)} files`,
    bytesTotal === null ? formatBytes(bytes) : `${formatBytes(bytes)} of ${formatBytes(bytesTotal)}`,
    bytesPerSecond === null ? '' : `${formatBytes(Math.round(bytesPerSecond))}/s`,
    secondsLeft === null ? '' : `${formatDuration(secondsLeft)} left`,
  ];
  return parts.filter(Boolean).join(', ');
}
