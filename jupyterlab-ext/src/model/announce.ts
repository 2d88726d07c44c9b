import { formatRef } from '@forebay/core/api/ref';
import type { Job, Placement } from '@forebay/core/api/schemas';
import { fractionOf } from '@forebay/core/ui/level/level';

/** What was last said of each job: the job as it was, and its tens of percent. */
export type Announced = ReadonlyMap<string, { job: Job; tens: number }>;

function placementOf({ kind, dataset, version, cache }: Job, placements: readonly Placement[]) {
  if (kind !== 'fill') return undefined;
  return placements.find((one) => one.dataset === dataset && one.version === version && one.cache === cache);
}

const isUnderWay = ({ state }: Placement) => state === 'filling' || state === 'queued';

/** What a screen reader is told: each job when it begins and at every further 10%, and a fill when its version is cached. */
export function announce(
  jobs: readonly Job[],
  placements: readonly Placement[],
  before: Announced,
): { said: Announced; text: string } {
  const said = new Map<string, { job: Job; tens: number }>();
  const news: string[] = [];
  for (const job of jobs) {
    const tens = Math.floor(fractionOf(job.progress) * 10);
    const last = before.get(job.id)?.tens;
    said.set(job.id, { job, tens: Math.max(tens, last ?? 0) });
    if (last === undefined || tens > last) news.push(`${job.title}, ${tens * 10}%`);
  }
  for (const [id, last] of before) {
    if (said.has(id)) continue;
    const placement = placementOf(last.job, placements);
    if (!placement) continue;
    // The placements are read after the jobs.
    if (isUnderWay(placement)) said.set(id, last);
    else if (placement.state === 'ready') {
      news.push(`${formatRef(placement.dataset, placement.version)} is cached on ${placement.cache}`);
    }
  }
  return { said, text: news.join('. ') };
}
