import type { Progress } from '../../api/index.ts';
import type { Tally } from '../../dataset/progress.ts';

/** A tally and when it was seen, in milliseconds of a clock that never jumps. */
export interface Sample {
  at: number;
  tally: Tally;
}

const windowMilliseconds = 5000;

/** Adds a sample and forgets those that no longer count: another phase's, and what is older than the window. */
export function addSample(samples: readonly Sample[], sample: Sample): Sample[] {
  const same = samples.filter((old) => old.tally.phase === sample.tally.phase);
  const oldest = same.findLastIndex((old) => sample.at - old.at >= windowMilliseconds);
  return [...same.slice(Math.max(0, oldest)), sample];
}

/** Rate over the last five seconds of this phase, and what it says about the time left. Null where unknown. */
export function progressOf(samples: readonly Sample[]): Progress {
  const first = samples[0];
  const last = samples.at(-1);
  if (!first || !last) return emptyProgress;
  const seconds = (last.at - first.at) / 1000;
  const { phase, files, filesTotal, bytes, bytesTotal } = last.tally;
  const rate = (now: number, before: number) => (seconds > 0 ? Math.max(0, now - before) / seconds : null);
  const bytesPerSecond = rate(bytes, first.tally.bytes);
  const filesPerSecond = rate(files, first.tally.files);
  const left = [
    secondsLeft(bytes, bytesTotal, bytesPerSecond),
    secondsLeft(files, filesTotal, filesPerSecond),
  ].filter((value) => value !== null);
  return {
    phase,
    files,
    filesTotal,
    bytes,
    bytesTotal,
    bytesPerSecond,
    secondsLeft: left.length > 0 ? Math.max(...left) : null,
  };
}

function secondsLeft(done: number, total: number | null, perSecond: number | null): number | null {
  if (total === null || !perSecond) return null;
  return Math.max(0, total - done) / perSecond;
}

export const emptyProgress: Progress = {
  phase: 'queued',
  files: 0,
  filesTotal: null,
  bytes: 0,
  bytesTotal: null,
  bytesPerSecond: null,
  secondsLeft: null,
};
