import type { Job, Placement, Progress } from '@forebay/core/api/schemas';

/** How full the caches are of one version: the state that every row shows. */
export type Level =
  | { kind: 'lake' }
  | { kind: 'queued'; placement: Placement; job: Job | undefined }
  | { kind: 'filling'; placement: Placement; job: Job | undefined; percent: number | null }
  | { kind: 'ready'; placement: Placement }
  /** Ready, but a part only. */
  | { kind: 'part'; placement: Placement }
  | { kind: 'evicting'; placement: Placement }
  | { kind: 'failed'; placement: Placement };

/** What says most comes first: a version that is ready anywhere is ready. */
const order = ['ready', 'filling', 'queued', 'evicting', 'failed'] as const;

/** A part counts where no cache has to do with the whole: what is cached in part is not the version. */
export function levelOf(placements: readonly Placement[], jobs: ReadonlyMap<string, Job>): Level {
  const whole = placements.filter(({ selection }) => selection === null);
  const counted = whole.length > 0 ? whole : placements;
  const placement = counted.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))[0];
  if (placement === undefined) return { kind: 'lake' };
  const job = placement.job === null ? undefined : jobs.get(placement.job);
  if (placement.state === 'filling') {
    return { kind: 'filling', placement, job, percent: job ? percentOf(job.progress) : null };
  }
  if (placement.state === 'queued') return { kind: 'queued', placement, job };
  if (placement.state === 'ready' && placement.selection !== null) return { kind: 'part', placement };
  return { kind: placement.state, placement };
}

/** 0 to 100, rounded down so that 100 means done; null while the total isn't known. */
export function percentOf(progress: Progress): number | null {
  const { bytes, bytesTotal, files, filesTotal } = progress;
  if (bytesTotal) return Math.min(100, Math.floor((100 * bytes) / bytesTotal));
  if (filesTotal) return Math.min(100, Math.floor((100 * files) / filesTotal));
  return null;
}

/** The glyph (icons/glyphs.mts). */
export function levelIcon(level: Level): string {
  switch (level.kind) {
    case 'ready':
      return level.placement.pinned ? 'forebay-level-pinned' : 'forebay-level-full';
    case 'filling':
      return `forebay-level-${Math.min(90, 10 + 20 * Math.floor((level.percent ?? 0) / 20))}`;
    case 'part':
      return 'forebay-level-part';
    case 'evicting':
      return 'forebay-level-30';
    case 'failed':
      return 'forebay-level-cracked';
    case 'queued':
    case 'lake':
      return 'forebay-level-empty';
  }
}

/** The level in words, never by colour or shape alone. */
export function levelWords(level: Level): string {
  switch (level.kind) {
    case 'lake':
      return 'not cached';
    case 'queued':
      return 'waiting to fill';
    case 'filling':
      return level.percent === null ? 'filling' : `filling ${level.percent}%`;
    case 'ready':
      return `cached on ${level.placement.cache}`;
    case 'part':
      return `a part cached on ${level.placement.cache}`;
    case 'evicting':
      return 'clearing';
    case 'failed':
      return 'failed to cache';
  }
}

/** What `when` clauses in package.json look at: `ready`, `readyInUse`, `readyPinned`, `partInUse`, `filling`... */
export function levelContext(level: Level): string {
  if (level.kind !== 'ready' && level.kind !== 'part') return level.kind;
  const { pinned, leases } = level.placement;
  return `${level.kind}${leases > 0 ? 'InUse' : ''}${pinned ? 'Pinned' : ''}`;
}
