import type { Job } from '../../api/index.ts';

/**
 * Work that moves data waits for others of its kind; an eviction only unlinks, and often makes room for a fill; for what
 * only looks at a folder a person waits with a dialog open.
 */
export type Lane = 'data' | 'evict' | 'look';

export const laneOf = (kind: Job['kind']): Lane =>
  kind === 'evict' ? 'evict' : kind === 'preview' ? 'look' : 'data';

export interface Waiting {
  id: string;
  kind: Job['kind'];
  /** Jobs that must have ended before. */
  after: readonly string[];
}

/** Which of the waiting jobs (oldest first) may start now. */
export function startable(
  waiting: readonly Waiting[],
  running: ReadonlyMap<string, Job['kind']>,
  bound: Record<Lane, number>,
): string[] {
  const unfinished = new Set([...running.keys(), ...waiting.map((job) => job.id)]);
  const busy: Record<Lane, number> = { data: 0, evict: 0, look: 0 };
  for (const kind of running.values()) busy[laneOf(kind)] += 1;
  const start: string[] = [];
  for (const job of waiting) {
    const lane = laneOf(job.kind);
    if (busy[lane] >= bound[lane] || job.after.some((id) => unfinished.has(id))) continue;
    busy[lane] += 1;
    start.push(job.id);
  }
  return start;
}
