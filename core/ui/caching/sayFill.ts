import type { Candidate } from '../../src/api/schemas.ts';
import { formatBytes, formatCount, formatDuration } from '../../src/api/text/units.ts';

/** 'Fills 38.2 GB in 627,615 files on gpu-hall, about 4 min. 2.1 GB of it come from the lake.' */
export function sayFill({ fit, cache, size, files, missingBytes, seconds }: Candidate): string {
  const what = `${formatBytes(size)} in ${formatCount(files, 'file')}`;
  if (fit === 'there') return `${what} are on ${cache} already. There is nothing to do.`;
  if (fit === 'coming') return `${what} are on their way to ${cache} already.`;
  const time = seconds < 1 ? 'in under 1 s' : `in about ${formatDuration(seconds)}`;
  const from =
    missingBytes >= size
      ? ''
      : ` Only ${formatBytes(missingBytes)} come from the lake; the rest is on ${cache} already, in other versions.`;
  return `Fills ${what} on ${cache}, ${time}.${from}`;
}

/** The verb on the button: what is pushed out is said on it. */
export function agreeLabel({ fit, evict }: Candidate, part: boolean): string {
  const what = part ? 'Cache part' : 'Cache version';
  if (fit === 'there') return 'Already cached';
  if (fit === 'coming') return 'Show progress';
  return fit === 'pushes-out' ? `Push out ${formatCount(evict.length, 'version')} and cache` : what;
}
