import type { Job, Placement, Progress } from '../../src/api/schemas.ts';

/** How full a version is: the one sign that every row carries. */
export type Level =
  | { kind: 'lake' }
  | { kind: 'queued'; placement: Placement }
  | { kind: 'filling'; placement: Placement; fraction: number; job: Job | null }
  | { kind: 'cached'; placement: Placement }
  | { kind: 'clearing'; placement: Placement }
  | { kind: 'failed'; placement: Placement };

const rank: Record<Placement['state'], number> = {
  ready: 0,
  filling: 1,
  queued: 2,
  evicting: 3,
  failed: 4,
};

/** Done work between 0 and 1: by bytes where they are known, else by files. */
export function fractionOf(progress: Progress): number {
  const [done, total] =
    progress.bytesTotal === null
      ? [progress.files, progress.filesTotal]
      : [progress.bytes, progress.bytesTotal];
  if (!total) return 0;
  return Math.min(1, done / total);
}

/** The level of a version with these placements: what can be used now counts before what is under way. */
export function levelOf(placements: readonly Placement[], jobs: readonly Job[]): Level {
  const placement = [...placements].sort((a, b) => rank[a.state] - rank[b.state])[0];
  if (!placement) return { kind: 'lake' };
  switch (placement.state) {
    case 'ready':
      return { kind: 'cached', placement };
    case 'filling': {
      const job = jobs.find((one) => one.id === placement.job) ?? null;
      return { kind: 'filling', placement, job, fraction: job ? fractionOf(job.progress) : 0 };
    }
    case 'queued':
      return { kind: 'queued', placement };
    case 'evicting':
      return { kind: 'clearing', placement };
    case 'failed':
      return { kind: 'failed', placement };
  }
}

/** Whole percent, rounded down: 100% is said only of what is done. */
export function percentOf(fraction: number): string {
  return `${Math.floor(fraction * 100)}%`;
}

/** The word beside the gauge; what is in the lake only has none. */
export function levelWord(level: Level): string {
  switch (level.kind) {
    case 'lake':
      return '';
    case 'queued':
      return 'queued';
    case 'filling':
      return percentOf(level.fraction);
    case 'cached':
      return level.placement.cache;
    case 'clearing':
      return 'clearing';
    case 'failed':
      return 'failed';
  }
}

/** The gauge in a sentence, for screen readers and on hover. */
export function levelSentence(level: Level): string {
  switch (level.kind) {
    case 'lake':
      return 'In the lake only';
    case 'queued':
      return `Waiting to be cached on ${level.placement.cache}`;
    case 'filling':
      return `Filling ${level.placement.cache}, ${percentOf(level.fraction)}`;
    case 'cached':
      return `Cached on ${level.placement.cache}${level.placement.pinned ? ', pinned' : ''}`;
    case 'clearing':
      return `Being cleared from ${level.placement.cache}`;
    case 'failed':
      return `Could not be cached on ${level.placement.cache}`;
  }
}

/** A place of another version than the latest, in words: 'v1 cached on gpu-hall'. */
export function olderSentence({ version, cache }: Placement): string {
  return `v${version} cached on ${cache}`;
}
